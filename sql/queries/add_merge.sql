-- Incident $1 is a part of $2, unless that is a part of another, or over while $1 is open, or $1 has parts or is one already.
insert into incident_merge (incident_id, into_id, by_whom, made)
select part.id, whole.id, $3, to_timestamp($4::bigint / 1000.0)
from incident part, incident whole
where part.id = $1::uuid and whole.id = $2::uuid
    and (whole.closed is null or part.closed is not null)
    and not exists (select from incident_merge where incident_id = whole.id or into_id = part.id)
on conflict do nothing;
