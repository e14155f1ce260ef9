update notification_target set off_since = null, off_why = '', failures = 0, failing_since = null
where id = $1::int and off_since is not null and removed is null;
