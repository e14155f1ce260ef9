-- A statement, unless it is known.
insert into official_statement (service_id, external_id, at, status, title, body, address, by_whom, seen)
values ($1, $2, to_timestamp($3::bigint / 1000.0), $4, $5, $6, $7, $8, to_timestamp($9::bigint / 1000.0))
on conflict (service_id, external_id) do nothing;
