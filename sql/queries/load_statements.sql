-- Statements of service $1, or of its parent when it has none, said in [$2, $3), oldest first.
with newest as (
    select external_id, at, status, title, body, address, by_whom
    from official_statement
    where service_id = speaker_of($1)
        and at >= to_timestamp($2::bigint / 1000.0) and at < to_timestamp($3::bigint / 1000.0)
    order by at desc, external_id
    limit 200
)
select external_id, (extract(epoch from at) * 1000)::bigint, status, title, body, address, by_whom
from newest
order by at, external_id;
