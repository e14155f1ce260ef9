-- Versions of settings that hold for bins after $1, and the one before them, oldest first.
select service_id, version, extract(epoch from since)::bigint, false_alarms_per_year, least_reports, hold_minutes, clear_minutes
from (select detector_settings.*, lead(since) over (partition by service_id order by version) as replaced
      from detector_settings) as versions
where replaced is null or replaced > to_timestamp($1::bigint)
order by service_id, version;
