-- Hourly summaries of one service from $2 until before $3.
select (extract(epoch from hour) * 1000)::bigint, reports, works
from bin_hour
where service_id = $1::int and hour >= to_timestamp($2::bigint / 1000.0) and hour < to_timestamp($3::bigint / 1000.0)
order by hour;
