-- The user of a session that was seen at $2 or later and made at $3 or later.
select u.id, u.name, u.role, (extract(epoch from s.made) * 1000)::bigint, (extract(epoch from s.seen) * 1000)::bigint
from operator_session s join operator_user u on u.id = s.user_id
where s.hash = $1 and s.seen >= to_timestamp($2::bigint / 1000.0) and s.made >= to_timestamp($3::bigint / 1000.0)
  and u.disabled is null;
