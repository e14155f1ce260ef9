-- Which services' incidents operators ended at $1 or later, in order of time.
select service_id, extract(epoch from since)::bigint from incident_closing
where since >= to_timestamp($1::bigint) order by since, id;
