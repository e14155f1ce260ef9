update delivery set body = $2, peak = $3::int where id = $1::bigint;
