insert into notification (id, kind, incident_id, service_id, region, at, made)
values ($1::uuid, $2, $3::uuid, $4::int, $5, to_timestamp($6::bigint / 1000.0), to_timestamp($7::bigint / 1000.0))
on conflict (incident_id, kind, at) do nothing;
