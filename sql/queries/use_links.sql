-- Takes every unused link of this user ($1; null: of the first start) out of force.
update operator_link set used = to_timestamp($2::bigint / 1000.0)
where user_id is not distinct from $1::int and used is null;
