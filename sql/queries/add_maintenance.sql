insert into maintenance (service_id, starts, ends, title, by_whom, made)
values ($1::int, to_timestamp($2::bigint / 1000.0), to_timestamp($3::bigint / 1000.0), $4, $5,
    to_timestamp($6::bigint / 1000.0))
returning id;
