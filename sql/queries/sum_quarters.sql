-- Reports of each service by quarter-hour of the day, from $1 until before $2.
select service_id, (extract(epoch from minute)::bigint / 900 % 96)::int, sum(reports)
from bin
where minute >= to_timestamp($1::bigint) and minute < to_timestamp($2::bigint) and reports > 0
group by 1, 2;
