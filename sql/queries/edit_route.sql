update notification_route set service_id = $2::int, group_name = $3, region = $4, quiet_from = $5::smallint,
    quiet_to = $6::smallint, quiet_zone = $7, remind_minutes = $8::int, escalate_minutes = $9::int, least_severity = $10::int
where id = $1::int and removed is null;
