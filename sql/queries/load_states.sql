-- What was learned about each of these services.
select service_id, extract(epoch from until)::bigint, state from detector_state where service_id = any ($1::int[]);
