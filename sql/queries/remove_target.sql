update notification_target set removed = to_timestamp($2::bigint / 1000.0), secret = '', old_secret = ''
where id = $1::int and removed is null;
