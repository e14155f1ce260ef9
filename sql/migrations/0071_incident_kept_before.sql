-- 0071_incident_kept_before.sql: incidents that closed before this was kept, as they stand today; apart from the tables, which hold
-- up the recording of incidents while they are made.
select keep_incident(incident) from incident where closed is not null;
