-- The days from $2 until before $3 of these services.
select service_id, day, quarters
from bin_day
where service_id = any ($1::int[]) and day >= $2::int and day < $3::int
order by service_id, day;
