-- How reading source $1 at address $2 went.
update statement_source
set etag = $3, last_modified = $4, next_poll = to_timestamp($5::bigint / 1000.0),
    answered = to_timestamp($6::bigint / 1000.0), failures = $7, trouble = $8
where service_id = $1 and address = $2;
