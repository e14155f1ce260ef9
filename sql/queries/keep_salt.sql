insert into reporter_salt (day, salt) values (to_timestamp($1::bigint)::date, $2::bytea) on conflict (day) do nothing;
