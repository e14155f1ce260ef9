-- What happened in incident $1, in order.
select extract(epoch from at)::bigint, kind, state, observed, expected
from incident_event where incident_id = $1::uuid order by at;
