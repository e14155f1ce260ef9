-- The first value holds; the one given now is kept only if there is none.
insert into installation_secret (name, value) values ($1, $2::bytea) on conflict (name) do nothing;
