-- Every incident's id and when it changed last, in the order they were opened: $1 rows after the first $2.
select id, extract(epoch from greatest(opened, peak_at, closed))::bigint
from incident
order by opened, id
limit $1::int offset $2::bigint;
