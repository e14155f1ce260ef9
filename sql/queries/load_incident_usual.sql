-- What was usual in the columns of incident $1; values joined by the unit separator.
select extract(epoch from start)::bigint, step_minutes, array_to_string(expected, E'\x1f'), array_to_string(low, E'\x1f'),
       array_to_string(high, E'\x1f')
from incident_usual where incident_id = $1::uuid;
