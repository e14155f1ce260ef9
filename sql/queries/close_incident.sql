-- Ends incident $1 at $2 for the reason $3, never before it opened; one that is closed stays as it is. No bin brought this
-- end, so what was counted until then is summed up here.
with ended as (select id, greatest(opened, to_timestamp($2::bigint)) as at from incident where id = $1::uuid)
update incident set closed = ended.at, revised = greatest(revised, ended.at), ending = $3,
    total = greatest(total, (select sum(reports) from bin where bin.service_id = incident.service_id
                             and minute >= began and minute < ended.at))
from ended
where incident.id = ended.id and closed is null
returning extract(epoch from closed)::bigint;
