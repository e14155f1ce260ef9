insert into delivery_attempt (delivery_id, number, at, took_ms, request, status, answer, cut, trouble, detail)
select $1::bigint, coalesce(max(number), 0) + 1, to_timestamp($2::bigint / 1000.0), $3::int, $4, $5::int, $6::bytea, $7::bool,
    $8, $9
from delivery_attempt where delivery_id = $1::bigint;
