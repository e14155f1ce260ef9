-- The windows of service $1, or of what it is a part of, that share a moment with $2 to $3, by beginning.
select id, service_id, (extract(epoch from starts) * 1000)::bigint, (extract(epoch from ends) * 1000)::bigint, title, by_whom
from maintenance
where (service_id = $1::int or service_id = (select parent_id from service where id = $1::int)) and cancelled is null
    and starts < to_timestamp($3::bigint / 1000.0) and ends > to_timestamp($2::bigint / 1000.0)
order by starts, id;
