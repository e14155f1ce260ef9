-- A browser has signed in.
insert into operator_session (hash, user_id, made, seen)
values ($1, $2, to_timestamp($3::bigint / 1000.0), to_timestamp($3::bigint / 1000.0));
