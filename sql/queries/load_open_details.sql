-- The breakdown of every minute from $1 on.
select service_id, extract(epoch from minute)::bigint, works, category_id, region, reports
from bin_detail where minute >= to_timestamp($1::bigint);
