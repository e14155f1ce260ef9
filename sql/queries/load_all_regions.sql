-- Problem reports of all services by region, from $1 until before $2 (null: without an end).
select service_id, extract(epoch from minute)::bigint, region, sum(reports)
from bin_detail
where minute >= to_timestamp($1::bigint) and minute < coalesce(to_timestamp($2::bigint), 'infinity')
    and not works and region <> ''
group by 1, 2, 3;
