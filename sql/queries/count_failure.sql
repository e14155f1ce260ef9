update notification_target
set failures = failures + 1, failing_since = coalesce(failing_since, to_timestamp($2::bigint / 1000.0))
where id = $1::int;
