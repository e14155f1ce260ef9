-- Role and whether the user may sign in; null for a time: enabled.
update operator_user set role = $2, disabled = to_timestamp($3::bigint / 1000.0) where id = $1;
