-- Categories of service $1 that are not among $2.
update category set retired = to_timestamp($3::bigint / 1000.0)
where service_id = $1::int and retired is null and key <> all ($2::text[]);
