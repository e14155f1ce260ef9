-- Removes and returns the oldest news, $1 rows at most; what another node is taking is left to it.
with first as (select id from outbox order by made, id limit $1::int for update skip locked)
delete from outbox using first where outbox.id = first.id
returning outbox.id, kind, incident_id, (extract(epoch from at) * 1000)::bigint,
    (select service_id from incident where incident.id = incident_id),
    (select region from incident where incident.id = incident_id),
    (select severity_of(incident) from incident where incident.id = incident_id);
