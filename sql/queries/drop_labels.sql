-- Takes back what was said of service $1 between $2 and $3.
delete from alert_label
where service_id = $1::int and began < to_timestamp($3::bigint) and ended > to_timestamp($2::bigint);
