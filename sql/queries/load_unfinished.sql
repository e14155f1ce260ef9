-- What is going on, and whether somebody has said that they see it.
select i.id, i.service_id, (extract(epoch from i.opened) * 1000)::bigint, a.incident_id is not null, i.region
from incident i left join incident_acknowledgement a on a.incident_id = i.id
where i.closed is null
order by i.opened, i.id;
