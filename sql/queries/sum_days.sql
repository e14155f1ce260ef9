-- Hourly summaries of one service from $2 until before $3, summed up by days of UTC.
select (extract(epoch from date_trunc('day', hour, 'UTC')) * 1000)::bigint, sum(reports), sum(works)
from bin_hour
where service_id = $1::int and hour >= to_timestamp($2::bigint / 1000.0) and hour < to_timestamp($3::bigint / 1000.0)
group by 1
order by 1;
