select retain_notifications(to_timestamp($1::bigint / 1000.0));
