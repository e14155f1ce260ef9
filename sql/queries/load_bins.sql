-- Bins of one service from $2 until before $3. Compared as rows for the reason in load_counts.
select extract(epoch from minute)::bigint, reports, works, repeated, limited
from bin
where (service_id, minute) >= ($1::int, to_timestamp($2::bigint)) and (service_id, minute) < ($1::int, to_timestamp($3::bigint))
order by minute;
