-- Nothing happens when this opening has been recorded before.
insert into incident (id, service_id, settings_version, began, opened, closed, revised, peak, peak_at, total,
    reason_until, reason_state, reason_observed, reason_expected, reason_low, reason_high, reason_score, reason_threshold,
    reason_since, reason_reports, reason_last_hour, region, ending)
values ($1::uuid, $2::int, $3::int, to_timestamp($4::bigint), to_timestamp($5::bigint), to_timestamp($6::bigint),
    to_timestamp($7::bigint), $8::int, to_timestamp($9::bigint), $10::bigint, to_timestamp($11::bigint), $12, $13::int,
    $14::float8, $15::float8, $16::float8, $17::float8, $18::float8, to_timestamp($19::bigint), $20::bigint, $21::int, $22,
    case when $6::bigint is null then null else 'calm' end)
on conflict (service_id, opened) do nothing;
