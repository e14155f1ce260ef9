-- Every version of the settings of service $1, oldest first.
select service_id, version, extract(epoch from since)::bigint, false_alarms_per_year, least_reports, hold_minutes, clear_minutes
from detector_settings where service_id = $1::int order by version;
