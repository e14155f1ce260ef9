-- What the reports ($1, $2) have said so far.
select report.win, report.id, report.category_id, report.region
from unnest($1::int[], $2::uuid[]) as wanted (win, id)
join report on report.win = wanted.win and report.id = wanted.id;
