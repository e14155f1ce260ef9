-- 0011_operator_token.sql: what programs of the operators sign in with.

-- Of a token only its hash is kept; a revoked one stays, so that what it did can be traced to its name.
create table operator_token (
    id      int generated always as identity primary key,
    name    text not null check (name ~ '^[[:graph:]]{1,64}$'),
    hash    bytea not null unique check (length(hash) = 32),
    scopes  text[] not null check (scopes <> '{}' and scopes <@ array['detector:preview', 'admin']),
    made    timestamptz not null,
    revoked timestamptz
);
create unique index operator_token_name on operator_token (name) where revoked is null;

grant select, insert on operator_token to outcry_serve;
grant update (revoked) on operator_token to outcry_serve;
