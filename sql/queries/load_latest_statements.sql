-- For each incident $1 of service $2 the latest statement said from $3 until before $4: its own, or its parent's when it has none.
select wanted.id, external_id, (extract(epoch from at) * 1000)::bigint, status, title, body, address, by_whom
from unnest($1::uuid[], $2::int[], $3::bigint[]) as wanted (id, service_id, since)
cross join lateral (
    select * from official_statement
    where service_id = speaker_of(wanted.service_id)
        and at >= to_timestamp(wanted.since / 1000.0) and at < to_timestamp($4::bigint / 1000.0)
    order by at desc, external_id desc
    limit 1
) as latest;
