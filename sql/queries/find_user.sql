-- The user of that name, and the password as it is kept.
select id, name, role, password, (extract(epoch from disabled) * 1000)::bigint from operator_user where name = $1;
