-- Takes the token of that name out of force.
update operator_token set revoked = to_timestamp($2::bigint / 1000.0) where name = $1 and revoked is null;
