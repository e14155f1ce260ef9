-- One array for each column.
insert into report (win, id, service_id, minute, at, reporter, prefix, works, outcome, category_id, region, message,
                    detail_minute)
select win, id, service_id, to_timestamp(minute), to_timestamp(at / 1000.0), reporter, prefix, works, outcome, category_id,
       region, message, to_timestamp(detail_minute)
from unnest($1::int[], $2::uuid[], $3::int[], $4::bigint[], $5::bigint[], $6::uuid[], $7::bigint[], $8::bool[],
            $9::smallint[], $10::int[], $11::text[], $12::text[], $13::bigint[])
    as given (win, id, service_id, minute, at, reporter, prefix, works, outcome, category_id, region, message,
              detail_minute);
