-- A new token, unless one of that name is in force.
insert into operator_token (name, hash, scopes, made)
values ($1, $2, $3::text[], to_timestamp($4::bigint / 1000.0))
on conflict (name) where revoked is null do nothing;
