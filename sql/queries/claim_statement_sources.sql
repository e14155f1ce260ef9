-- Sources due at $1, at most $3, set ahead to $2 so that no other node takes them meanwhile.
with due as (
    select service_id from statement_source
    where next_poll <= to_timestamp($1::bigint / 1000.0)
    order by next_poll
    limit $3::int
    for update skip locked
)
update statement_source source set next_poll = to_timestamp($2::bigint / 1000.0)
from due where source.service_id = due.service_id
returning source.service_id, address, etag, last_modified, (extract(epoch from next_poll) * 1000)::bigint,
          (extract(epoch from answered) * 1000)::bigint, failures, trouble;
