-- What a counter needs to know of window $1: who has reported, those that came first before those that came again. Of a
-- message its first letter will do.
select id, service_id, reporter, prefix, works, outcome, category_id, region, left(message, 1)
from report
where win = $1::int
order by outcome = 1;
