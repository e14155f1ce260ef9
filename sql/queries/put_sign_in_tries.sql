update sign_in_tries
set tries = $2::int, last = to_timestamp($3::bigint / 1000.0), next = to_timestamp($4::bigint / 1000.0) where key = $1;
