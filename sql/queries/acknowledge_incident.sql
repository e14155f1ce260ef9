insert into incident_acknowledgement (incident_id, by_whom, note, at)
values ($1::uuid, $2, $3, to_timestamp($4::bigint / 1000.0))
on conflict (incident_id) do nothing;
