-- News of the merge of incident $2, while it is open: who hears of both has one page too many.
insert into outbox (id, kind, incident_id, at, made)
select $1::uuid, 'incident.merged', id, date_trunc('minute', to_timestamp($3::bigint / 1000.0)), to_timestamp($3::bigint / 1000.0)
from incident where id = $2::uuid and closed is null
on conflict (incident_id, kind, at) do nothing;
