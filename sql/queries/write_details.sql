-- Absolute breakdown, one array for each column.
insert into bin_detail (service_id, minute, works, category_id, region, reports)
select service_id, to_timestamp(minute), works, category_id, region, reports
from unnest($1::int[], $2::bigint[], $3::bool[], $4::int[], $5::text[], $6::int[])
    as given (service_id, minute, works, category_id, region, reports)
on conflict (service_id, minute, works, category_id, region) do update set reports = excluded.reports;
