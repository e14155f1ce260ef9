update notification_target set off_since = to_timestamp($2::bigint / 1000.0), off_why = $3
where id = $1::int and off_since is null and removed is null
returning name;
