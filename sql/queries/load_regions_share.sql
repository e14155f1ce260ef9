-- Problem reports of service $1 from $2 until before $3, by the region they named.
select region, sum(reports)
from bin_detail
where service_id = $1::int and minute >= to_timestamp($2::bigint) and minute < to_timestamp($3::bigint) and not works
group by 1 having sum(reports) > 0
order by 2 desc, 1;
