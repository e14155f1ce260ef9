-- Incidents, newest first; every condition may be null: service $1, open $2, open at $3 or later, before incident $4 in
-- this order, opened from $5 until before $6, $7 occurs in the service's names, then or now, or in a note,
-- and no part of another when $9; $8 rows.
select told.*
from incident join incident_record as told on told.id = incident.id join service on service.id = incident.service_id
where ($1::int is null or incident.service_id = $1::int)
    and ($2::bool is null or (incident.closed is null) = $2::bool)
    and ($3::bigint is null or coalesce(incident.closed, 'infinity') >= to_timestamp($3::bigint / 1000.0))
    and ($4::uuid is null or (incident.opened, incident.id) < (select opened, id from incident where id = $4::uuid))
    and ($5::bigint is null or incident.opened >= to_timestamp($5::bigint / 1000.0))
    and ($6::bigint is null or incident.opened < to_timestamp($6::bigint / 1000.0))
    and ($7::text is null
         or position(lower($7::text) in lower(concat_ws(' ', told.name, service.slug, service.name, provider, array_to_string(aliases, ' ')))) > 0
         or exists (select from incident_annotation
                    where incident_annotation.incident_id = incident.id and position(lower($7::text) in lower(note)) > 0))
    and (not $9::bool or into_id is null)
order by incident.opened desc, incident.id desc
limit $8::int;
