-- What operators said of rises of service $1 that touch [$2, $3), oldest first.
select extract(epoch from began)::bigint, extract(epoch from ended)::bigint, real, by_whom,
       (extract(epoch from made) * 1000)::bigint
from alert_label
where service_id = $1::int and began < to_timestamp($3::bigint) and ended > to_timestamp($2::bigint)
order by began;
