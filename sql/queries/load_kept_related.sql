-- Incidents that ran at the same time as incident $1, as they stood when it closed: parts of the same whole first, then the
-- largest; at most $2.
select told.*, family, kept.peak, kept.service_name
from incident_related as kept join incident_record as told on told.id = related_id
where kept.incident_id = $1::uuid
order by family desc, kept.peak desc, told.id
limit $2::int;
