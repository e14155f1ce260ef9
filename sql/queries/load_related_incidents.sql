-- Incidents that ran at the same time as incident $1, which began at $2 and ended at $3: parts of the same whole first, then
-- the largest; at most $4.
select told.*,
       coalesce(service.parent_id, service.id) = (select coalesce(own.parent_id, own.id)
                                                  from incident as this join service as own on own.id = this.service_id
                                                  where this.id = $1::uuid) as family,
       told.peak, told.name
from incident join incident_record as told on told.id = incident.id join service on service.id = incident.service_id
where incident.id <> $1::uuid and incident.opened < to_timestamp($3::bigint)
    and incident.opened > to_timestamp($2::bigint) - interval '30 days'
    and coalesce(incident.closed, 'infinity') > to_timestamp($2::bigint)
order by family desc, told.peak desc, told.id
limit $4::int;
