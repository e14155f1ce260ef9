-- What is going on; whether somebody has said that they see it, or the open incident that it is a part of; the service,
-- region and severity of that one, or since when it is over.
select i.id, i.service_id, (extract(epoch from i.opened) * 1000)::bigint,
       exists (select from incident_acknowledgement a where a.incident_id in (i.id, whole.id)), i.region,
       whole.service_id, coalesce(whole.region, ''), severity_of(i), coalesce(severity_of(whole), 0),
       (select (extract(epoch from over.closed) * 1000)::bigint from incident over where over.id = m.into_id)
from incident i
    left join incident_merge m on m.incident_id = i.id
    left join incident whole on whole.id = m.into_id and whole.closed is null
where i.closed is null
order by i.opened, i.id;
