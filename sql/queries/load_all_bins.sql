-- Bins of all services from $1 until before $2.
select service_id, extract(epoch from minute)::bigint, reports, works, repeated, limited
from bin
where minute >= to_timestamp($1::bigint) and minute < to_timestamp($2::bigint)
order by service_id, minute;
