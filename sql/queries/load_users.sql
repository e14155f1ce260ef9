-- Every user, disabled ones too, in order of name.
select u.id, u.name, u.role, u.password is not null, (extract(epoch from u.made) * 1000)::bigint,
       (extract(epoch from u.disabled) * 1000)::bigint, (extract(epoch from max(s.seen)) * 1000)::bigint
from operator_user u left join operator_session s on s.user_id = u.id
group by u.id order by u.name;
