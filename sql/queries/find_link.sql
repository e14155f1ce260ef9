-- What an address that works once is for, and whether it still does; locked, so that it cannot be used twice.
select u.id, u.name, (extract(epoch from l.expires) * 1000)::bigint, l.used is not null, u.disabled is not null
from operator_link l left join operator_user u on u.id = l.user_id
where l.hash = $1
for update of l;
