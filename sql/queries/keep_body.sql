update delivery set body = $2 where id = $1::bigint;
