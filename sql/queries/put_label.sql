-- A label of service $1; nothing may overlap it.
insert into alert_label (service_id, began, ended, real, by_whom, made)
values ($1::int, to_timestamp($2::bigint), to_timestamp($3::bigint), $4::boolean, $5, to_timestamp($6::bigint / 1000.0));
