select retain(to_timestamp($1::bigint / 1000.0));
