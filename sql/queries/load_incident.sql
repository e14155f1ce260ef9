-- One incident, by its id.
select incident.id, service_id, settings_version, extract(epoch from began)::bigint, extract(epoch from opened)::bigint,
       extract(epoch from closed)::bigint, peak, extract(epoch from peak_at)::bigint, total,
       extract(epoch from reason_until)::bigint, reason_state, reason_observed, reason_expected, reason_low, reason_high,
       reason_score, reason_threshold, extract(epoch from reason_since)::bigint, reason_reports, reason_last_hour, ending,
       service.slug, coalesce(service_name, service.name), region,
       (extract(epoch from merged_at) * 1000)::bigint, into_id, whole_slug, whole_name, extract(epoch from whole_opened)::bigint
from incident join service on service.id = service_id
    left join incident_kept on incident_kept.incident_id = incident.id
    left join incident_whole on incident_whole.incident_id = incident.id
where incident.id = $1::uuid;
