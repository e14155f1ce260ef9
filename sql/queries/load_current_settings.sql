-- The newest settings of each service.
select distinct on (service_id)
       service_id, version, extract(epoch from since)::bigint, false_alarms_per_year, least_reports, hold_minutes, clear_minutes
from detector_settings
order by service_id, version desc;
