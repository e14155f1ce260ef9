-- The notes beside incident $1, oldest first.
select (extract(epoch from at) * 1000)::bigint, by_whom, note
from incident_annotation where incident_id = $1::uuid order by at, id;
