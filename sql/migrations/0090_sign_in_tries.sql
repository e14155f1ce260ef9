-- 0090_sign_in_tries.sql: how often somebody has tried to sign in, so that neither a restart nor another node forgets it.

-- The key is a hash of a name or a client's network, keyed with the day's salt (reporter_salt): no address is kept.
-- A row that nobody has touched for an hour counts for nothing and is removed.
create table sign_in_tries (
    key   bytea primary key check (length(key) = 32),
    tries int         not null check (tries >= 0),
    last  timestamptz not null,
    next  timestamptz not null
);
create index sign_in_tries_last on sign_in_tries (last);

grant select, insert, update, delete on sign_in_tries to outcry_serve;
