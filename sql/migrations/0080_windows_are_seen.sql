-- 0080_windows_are_seen.sql: a window of maintenance is a state that everyone sees, so every node reads it again with the
-- catalogue when one is announced, ended or cancelled.

create trigger maintenance_changed after insert or update on maintenance
    for each row execute function raise_catalogue_version();
create index maintenance_service on maintenance (service_id, starts) where cancelled is null;
