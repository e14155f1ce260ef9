update notification_target set failures = 0, failing_since = null, asked_until = null where id = $1::int and failures > 0;
