-- The first minute with a bin, not before $2, of each of these services.
select id, extract(epoch from first.minute)::bigint
from unnest($1::int[]) as wanted (id),
     lateral (select minute from bin where service_id = wanted.id and minute >= to_timestamp($2::bigint)
              order by minute limit 1) as first;
