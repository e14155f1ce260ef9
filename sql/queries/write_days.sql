-- The quarter-hours of day $1; what is there is replaced.
insert into bin_day (service_id, day, quarters)
select service_id, $1::int, decode(quarters, 'hex')
from unnest($2::int[], $3::text[]) as given (service_id, quarters)
on conflict (service_id, day) do update set quarters = excluded.quarters;
