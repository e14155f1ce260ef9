insert into outbox (id, kind, incident_id, at, made)
values ($1::uuid, $2, $3::uuid, to_timestamp($4::bigint), to_timestamp($5::bigint / 1000.0))
on conflict (incident_id, kind, at) do nothing;
