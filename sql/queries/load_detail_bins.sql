-- Reports of service $1 from $2 until before $3, summed over steps of $4 seconds, of one category ($5, -1: any) and one
-- region ($6, '*': any). A detail given later is moved there from "not said", so a minute alone may be negative.
select extract(epoch from minute)::bigint / $4::bigint * $4::bigint as step,
    greatest(coalesce(sum(reports) filter (where not works), 0), 0),
    greatest(coalesce(sum(reports) filter (where works), 0), 0)
from bin_detail
where service_id = $1::int and minute >= to_timestamp($2::bigint) and minute < to_timestamp($3::bigint)
    and ($5::int = -1 or category_id = $5::int) and ($6::text = '*' or region = $6::text)
group by step
order by step;
