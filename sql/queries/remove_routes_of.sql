update notification_route set removed = to_timestamp($2::bigint / 1000.0) where target_id = $1::int and removed is null;
