-- Nothing happens when this change has been recorded before.
insert into incident_event (incident_id, at, kind, state, observed, expected)
values ($1::uuid, to_timestamp($2::bigint), $3, $4, $5::int, $6::float8)
on conflict (incident_id, at) do nothing;
