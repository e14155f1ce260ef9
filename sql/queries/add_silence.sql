insert into silence (service_id, group_name, starts, ends, reason, by_whom, made)
values ($1::int, $2, to_timestamp($3::bigint / 1000.0), to_timestamp($4::bigint / 1000.0), $5, $6,
    to_timestamp($7::bigint / 1000.0))
returning id;
