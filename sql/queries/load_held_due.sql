-- What was held back and could go out now, with where it belongs; wholes before their parts. What is over waits for the news of
-- its end, which calls it off.
select d.id, d.target_id, n.kind, n.incident_id, n.service_id, n.region, (extract(epoch from n.at) * 1000)::bigint,
       coalesce((select severity_of(incident) from incident where incident.id = n.incident_id), 0)
from delivery d join notification n on n.id = d.notification_id
where d.state = 'waiting' and d.held_by <> '' and d.due <= to_timestamp($1::bigint / 1000.0)
    and (n.kind = 'incident.closed' or exists (select from incident i where i.id = n.incident_id and i.closed is null))
order by exists (select from incident_merge m where m.incident_id = n.incident_id), d.id
limit 500
for update of d skip locked;
