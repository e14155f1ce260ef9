-- Hourly summaries of these services from $2 until before $3.
select service_id, extract(epoch from hour)::bigint, reports
from bin_hour
where service_id = any ($1::int[]) and hour >= to_timestamp($2::bigint) and hour < to_timestamp($3::bigint)
order by service_id, hour;
