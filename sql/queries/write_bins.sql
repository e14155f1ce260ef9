-- Absolute totals, one array for each column.
insert into bin (service_id, minute, reports, works, repeated, limited)
select service_id, to_timestamp(minute), reports, works, repeated, limited
from unnest($1::int[], $2::bigint[], $3::int[], $4::int[], $5::int[], $6::int[])
    as given (service_id, minute, reports, works, repeated, limited)
on conflict (service_id, minute) do update set
    reports = excluded.reports, works = excluded.works, repeated = excluded.repeated, limited = excluded.limited;
