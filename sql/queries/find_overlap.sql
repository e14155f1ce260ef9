-- The first window of service $1 that shares a moment with $2 to $3.
select id, service_id, (extract(epoch from starts) * 1000)::bigint, (extract(epoch from ends) * 1000)::bigint, title, by_whom
from maintenance
where service_id = $1::int and cancelled is null
    and tstzrange(starts, ends) && tstzrange(to_timestamp($2::bigint / 1000.0), to_timestamp($3::bigint / 1000.0))
order by starts
limit 1;
