-- What operators decided about each of the incidents $1: when it ends; what it is part of.
select wanted.id, extract(epoch from since)::bigint, into_id
from unnest($1::uuid[]) as wanted (id)
left join incident_closing on incident_closing.incident_id = wanted.id
left join incident_merge on incident_merge.incident_id = wanted.id;
