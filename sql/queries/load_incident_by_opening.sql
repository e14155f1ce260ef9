-- The incident of service $1 that opened at $2.
select * from incident_record where service_id = $1::int and opened = $2::bigint;
