-- The session was used just now.
update operator_session set seen = to_timestamp($2::bigint / 1000.0) where hash = $1;
