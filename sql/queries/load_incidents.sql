-- Incidents, newest first; every condition may be null: service $1, open $2, opened since $3, before incident $4; $5 rows.
select id, service_id, settings_version, extract(epoch from began)::bigint, extract(epoch from opened)::bigint,
       extract(epoch from closed)::bigint, peak, extract(epoch from peak_at)::bigint, total,
       extract(epoch from reason_until)::bigint, reason_state, reason_observed, reason_expected, reason_low, reason_high,
       reason_score, reason_threshold, extract(epoch from reason_since)::bigint, reason_reports, reason_last_hour
from incident
where ($1::int is null or service_id = $1::int)
    and ($2::bool is null or (closed is null) = $2::bool)
    and ($3::bigint is null or coalesce(closed, 'infinity') >= to_timestamp($3::bigint / 1000.0))
    and ($4::uuid is null or (opened, id) < (select opened, id from incident where id = $4::uuid))
order by opened desc, id desc
limit $5::int;
