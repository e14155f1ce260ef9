-- Bins of one service from $2 until before $3.
select extract(epoch from minute)::bigint, reports, works, repeated, limited
from bin
where service_id = $1::int and minute >= to_timestamp($2::bigint) and minute < to_timestamp($3::bigint)
order by minute;
