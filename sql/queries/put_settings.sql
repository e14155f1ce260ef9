-- The next version for service $1; it holds from the first bin that starts after it was made.
insert into detector_settings (service_id, version, since, false_alarms_per_year, least_reports, hold_minutes,
                               clear_minutes, note, by_whom, made)
select $1::int, coalesce(max(version), 0) + 1, to_timestamp($2::bigint), $3::float8, $4::int, $5::int, $6::int, $7, $8,
       to_timestamp($9::bigint / 1000.0)
from detector_settings where service_id = $1::int
returning version;
