-- 0091_incident_record.sql: an incident as it is read everywhere: times in seconds, names as they were when it closed, and the
-- whole that it is told as a part of.
create or replace view incident_whole as
    select m.incident_id, m.into_id, m.made as merged_at, s.slug as whole_slug, coalesce(kept.service_name, s.name) as whole_name,
           w.opened as whole_opened
    from incident_merge m join incident w on w.id = m.into_id join service s on s.id = w.service_id
        left join incident_kept kept on kept.incident_id = w.id;

create view incident_record as
    select incident.id, service_id, settings_version, extract(epoch from began)::bigint as began,
           extract(epoch from opened)::bigint as opened, extract(epoch from closed)::bigint as closed,
           peak, extract(epoch from peak_at)::bigint as peak_at, total,
           extract(epoch from reason_until)::bigint as reason_until, reason_state, reason_observed, reason_expected, reason_low,
           reason_high, reason_score, reason_threshold, extract(epoch from reason_since)::bigint as reason_since,
           reason_reports, reason_last_hour, ending,
           service.slug, coalesce(service_name, service.name) as name, region,
           (extract(epoch from merged_at) * 1000)::bigint as merged_at, into_id, whole_slug, whole_name,
           extract(epoch from whole_opened)::bigint as whole_opened
    from incident join service on service.id = service_id
        left join incident_kept on incident_kept.incident_id = incident.id
        left join incident_whole on incident_whole.incident_id = incident.id;
grant select on incident_record to outcry_serve;
