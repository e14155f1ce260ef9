-- Problem reports of these services by region, from $2 until before $3. Compared as rows for the reason in load_counts.
select service_id, extract(epoch from minute)::bigint, region, sum(reports)
from unnest($1::int[]) as wanted (id),
     lateral (select * from bin_detail
              where (service_id, minute) >= (wanted.id, to_timestamp($2::bigint))
                  and (service_id, minute) < (wanted.id, to_timestamp($3::bigint))) as found
where not works and region <> ''
group by 1, 2, 3;
