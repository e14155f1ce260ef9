insert into notification_route (target_id, service_id, group_name, region, quiet_from, quiet_to, quiet_zone,
    remind_minutes, escalate_minutes, least_severity, made)
values ($1::int, $2::int, $3, $4, $5::smallint, $6::smallint, $7, $8::int, $9::int, $10::int,
    to_timestamp($11::bigint / 1000.0))
returning id;
