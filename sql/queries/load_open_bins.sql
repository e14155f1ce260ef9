-- Every bin from $1 on.
select service_id, extract(epoch from minute)::bigint, reports, works, repeated, limited
from bin where minute >= to_timestamp($1::bigint)
order by service_id, minute;
