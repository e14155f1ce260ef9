select salt from reporter_salt where day = to_timestamp($1::bigint)::date;
