-- Problem reports of service $1 by region, from $2 until before $3, in order of time, then region.
select extract(epoch from minute)::bigint, region, sum(reports)
from bin_detail
where service_id = $1::int and minute >= to_timestamp($2::bigint) and minute < to_timestamp($3::bigint)
    and not works and region <> ''
group by minute, region
order by minute, region collate "C";
