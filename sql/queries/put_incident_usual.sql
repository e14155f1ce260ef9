-- What is usual in the columns of incident $1: as foreseen when it opened. What is known at its end has learned from the
-- outage itself, so it stands only where nothing was foreseen: in the longer columns of one that lasted more than two days.
insert into incident_usual (incident_id, start, step_minutes, expected, low, high)
values ($1::uuid, to_timestamp($2::bigint), $3::int, $4::float8[], $5::float8[], $6::float8[])
on conflict (incident_id) do update set start = excluded.start, step_minutes = excluded.step_minutes,
    expected = excluded.expected, low = excluded.low, high = excluded.high
where incident_usual.step_minutes <> excluded.step_minutes;
