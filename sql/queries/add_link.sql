-- An address that works once; without a user: for the first one.
insert into operator_link (hash, user_id, made, expires)
values ($1, $2::int, to_timestamp($3::bigint / 1000.0), to_timestamp($4::bigint / 1000.0));
