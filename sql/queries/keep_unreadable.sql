insert into journal_unreadable (body, cause, taken) values ($1::bytea, $2, to_timestamp($3::bigint / 1000.0));
