update notification_route set service_id = $2::int, group_name = $3, region = $4, severity = $5, quiet_from = $6::smallint,
    quiet_to = $7::smallint, quiet_zone = $8, remind_minutes = $9::int, escalate_minutes = $10::int
where id = $1::int and removed is null;
