-- A new user without a password, unless the name is taken.
insert into operator_user (name, role, made) values ($1, $2, to_timestamp($3::bigint / 1000.0))
on conflict (name) do nothing
returning id;
