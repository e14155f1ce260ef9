-- Who acknowledged any of the incidents $1.
select incident_id, by_whom, note, (extract(epoch from at) * 1000)::bigint
from incident_acknowledgement where incident_id = any($1::uuid[]);
