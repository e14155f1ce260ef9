-- Bins of these services from $2 until before $3. Compared as rows for the reason in load_counts.
select service_id, extract(epoch from minute)::bigint, reports, works, repeated, limited
from unnest($1::int[]) as wanted (id),
     lateral (select * from bin
              where (service_id, minute) >= (wanted.id, to_timestamp($2::bigint))
                  and (service_id, minute) < (wanted.id, to_timestamp($3::bigint))) as found
order by service_id, minute;
