-- Those that end after $1, by beginning.
select id, service_id, (extract(epoch from starts) * 1000)::bigint, (extract(epoch from ends) * 1000)::bigint, title, by_whom
from maintenance
where cancelled is null and ends > to_timestamp($1::bigint / 1000.0)
order by starts, id;
