-- Incidents, newest first; every condition may be null: service $1, open $2, open at $3 or later, before incident $4 in
-- this order, opened from $5 until before $6, $7 occurs in the service's names, then or now, or in a note,
-- and no part of another when $9; $8 rows.
select incident.id, service_id, settings_version, extract(epoch from began)::bigint, extract(epoch from opened)::bigint,
       extract(epoch from closed)::bigint, peak, extract(epoch from peak_at)::bigint, total,
       extract(epoch from reason_until)::bigint, reason_state, reason_observed, reason_expected, reason_low, reason_high,
       reason_score, reason_threshold, extract(epoch from reason_since)::bigint, reason_reports, reason_last_hour, ending,
       service.slug, coalesce(service_name, service.name), region,
       (extract(epoch from merged_at) * 1000)::bigint, into_id, whole_slug, whole_name, extract(epoch from whole_opened)::bigint
from incident join service on service.id = service_id
    left join incident_kept on incident_kept.incident_id = incident.id
    left join incident_whole on incident_whole.incident_id = incident.id
where ($1::int is null or service_id = $1::int)
    and ($2::bool is null or (closed is null) = $2::bool)
    and ($3::bigint is null or coalesce(closed, 'infinity') >= to_timestamp($3::bigint / 1000.0))
    and ($4::uuid is null or (opened, incident.id) < (select opened, id from incident where id = $4::uuid))
    and ($5::bigint is null or opened >= to_timestamp($5::bigint / 1000.0))
    and ($6::bigint is null or opened < to_timestamp($6::bigint / 1000.0))
    and ($7::text is null
         or position(lower($7::text) in lower(concat_ws(' ', slug, service_name, name, service.provider, array_to_string(aliases, ' ')))) > 0
         or exists (select from incident_annotation
                    where incident_annotation.incident_id = incident.id and position(lower($7::text) in lower(note)) > 0))
    and (not $9::bool or into_id is null)
order by opened desc, incident.id desc
limit $8::int;
