delete from sign_in_tries where last < to_timestamp($1::bigint / 1000.0);
