-- Every version of the settings of service $1, newest first, with who made it, when and why.
select service_id, version, extract(epoch from since)::bigint, false_alarms_per_year, least_reports, hold_minutes,
       clear_minutes, note, by_whom, (extract(epoch from made) * 1000)::bigint
from detector_settings where service_id = $1::int order by version desc;
