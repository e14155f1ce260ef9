-- 0081_merges_are_seen.sql: that one incident is told as a part of another is known to the world and to those who are told.

create index incident_merge_whole on incident_merge (into_id);
create trigger merge_added after insert on incident_merge
    for each row execute function raise_catalogue_version();

-- What a part says of its whole.
create view incident_whole as
    select m.incident_id, m.into_id, m.made as merged_at, s.slug as whole_slug, s.name as whole_name, w.opened as whole_opened
    from incident_merge m join incident w on w.id = m.into_id join service s on s.id = w.service_id;
grant select on incident_whole to outcry_serve;

alter table outbox drop constraint outbox_kind_check, add constraint outbox_kind_check
    check (kind in ('incident.opened', 'incident.updated', 'incident.closed', 'incident.merged'));
alter table notification drop constraint notification_kind_check, add constraint notification_kind_check
    check (kind in ('incident.opened', 'incident.updated', 'incident.closed', 'incident.merged', 'incident.reminder',
                    'incident.escalated', 'test'));
