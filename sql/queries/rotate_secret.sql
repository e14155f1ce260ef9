update notification_target
set old_secret = secret, old_secret_until = to_timestamp($3::bigint / 1000.0), secret = $2
where id = $1::int and removed is null and kind = 'webhook';
