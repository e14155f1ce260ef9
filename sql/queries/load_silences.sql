-- Those that end after $1, by end.
select id, service_id, group_name, (extract(epoch from starts) * 1000)::bigint, (extract(epoch from ends) * 1000)::bigint,
       reason, by_whom
from silence where ends > to_timestamp($1::bigint / 1000.0) order by ends, id;
