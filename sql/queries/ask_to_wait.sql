-- Target $1 wants no request before $2.
update notification_target set asked_until = to_timestamp($2::bigint / 1000.0) where id = $1::int;
