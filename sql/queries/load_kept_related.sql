-- Incidents that ran at the same time as incident $1, as they stood when it closed: parts of the same whole first, then the
-- largest; at most $2.
select incident.id, service_id, settings_version, extract(epoch from began)::bigint, extract(epoch from opened)::bigint,
       extract(epoch from closed)::bigint, kept.peak, extract(epoch from peak_at)::bigint, total,
       extract(epoch from reason_until)::bigint, reason_state, reason_observed, reason_expected, reason_low, reason_high,
       reason_score, reason_threshold, extract(epoch from reason_since)::bigint, reason_reports, reason_last_hour, ending,
       service.slug, kept.service_name, region,
       (extract(epoch from merged_at) * 1000)::bigint, into_id, whole_slug, whole_name, extract(epoch from whole_opened)::bigint,
       family
from incident_related as kept join incident on incident.id = related_id join service on service.id = service_id
    left join incident_whole on incident_whole.incident_id = incident.id
where kept.incident_id = $1::uuid
order by family desc, kept.peak desc, incident.id
limit $2::int;
