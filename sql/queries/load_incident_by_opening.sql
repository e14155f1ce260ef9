-- The incident of service $1 that opened at $2.
select * from incident_record
where id = (select id from incident where service_id = $1::int and opened = to_timestamp($2::bigint));
