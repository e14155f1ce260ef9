-- Incidents that ran at the same time as incident $1, which began at $2 and ended at $3: parts of the same whole first, then
-- the largest; at most $4.
select incident.id, service_id, settings_version, extract(epoch from began)::bigint, extract(epoch from opened)::bigint,
       extract(epoch from closed)::bigint, peak, extract(epoch from peak_at)::bigint, total,
       extract(epoch from reason_until)::bigint, reason_state, reason_observed, reason_expected, reason_low, reason_high,
       reason_score, reason_threshold, extract(epoch from reason_since)::bigint, reason_reports, reason_last_hour, ending,
       service.slug, service.name, region,
       coalesce(service.parent_id, service.id) = (select coalesce(own.parent_id, own.id)
                                                  from incident as this join service as own on own.id = this.service_id
                                                  where this.id = $1::uuid) as family
from incident join service on service.id = service_id
where incident.id <> $1::uuid and opened < to_timestamp($3::bigint) and opened > to_timestamp($2::bigint) - interval '30 days'
    and coalesce(closed, 'infinity') > to_timestamp($2::bigint)
order by family desc, peak desc, incident.id
limit $4::int;
