-- Services with reports since $1 that were stored and not counted, the most first: counted, repeated, limited.
select service_id, sum(reports)::bigint, sum(repeated)::bigint, sum(limited)::bigint
from bin where minute >= to_timestamp($1::bigint)
group by service_id having sum(limited) > 0 or sum(repeated) > sum(reports)
order by sum(limited) desc, sum(repeated) desc limit $2::int;
