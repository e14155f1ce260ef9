-- Writes the summaries of the hours from $1 until before $2; doing it again changes nothing.
insert into bin_hour (service_id, hour, reports, works)
select service_id, date_trunc('hour', minute, 'UTC'), sum(reports), sum(works)
from bin
where minute >= to_timestamp($1::bigint) and minute < to_timestamp($2::bigint)
group by 1, 2
on conflict (service_id, hour) do update set reports = excluded.reports, works = excluded.works;
