-- Statements said in [$2, $3) that became known after incident $1 had closed, of whoever spoke for the service then and of the
-- service itself, in the order in which they did.
select external_id, (extract(epoch from at) * 1000)::bigint, status, title, body, address, by_whom
from incident_kept as kept join incident on incident.id = kept.incident_id
    join official_statement as said on said.service_id in (kept.speaker_id, incident.service_id)
where kept.incident_id = $1::uuid and at >= to_timestamp($2::bigint / 1000.0) and at < to_timestamp($3::bigint / 1000.0)
    and not exists (select from incident_statement as known where known.incident_id = kept.incident_id
                        and known.service_id = said.service_id and known.external_id = said.external_id)
order by seen, at, external_id
limit 200;
