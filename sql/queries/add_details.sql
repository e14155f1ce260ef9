-- Adds what a later submission of the same reporter said, where the first one said nothing.
update report set
    category_id = case when report.category_id = 0 then given.category_id else report.category_id end,
    region = case when report.region = '' then given.region else report.region end,
    message = case when report.message = '' then given.message else report.message end,
    detail_minute = to_timestamp(given.minute)
from unnest($1::int[], $2::uuid[], $3::bigint[], $4::int[], $5::text[], $6::text[])
    as given (win, id, minute, category_id, region, message)
where report.win = given.win and report.id = given.id;
