-- 0031_operator_user.sql: the people who run this installation, and how they sign in.

-- A disabled user stays, so that what they did can be traced to their name.
create table operator_user (
    id       int generated always as identity primary key,
    name     text not null unique check (name ~ '^[a-z0-9][a-z0-9._@+-]{0,63}$'),
    role     text not null check (role in ('viewer', 'operator', 'admin')),
    password text,  -- argon2id as libsodium writes it; null until the user has chosen one
    made     timestamptz not null,
    disabled timestamptz
);

-- An address that works once: to set up the first user (no user_id), or to choose a password. Only its hash is kept.
create table operator_link (
    hash    bytea primary key check (length(hash) = 32),
    user_id int references operator_user,
    made    timestamptz not null,
    expires timestamptz not null,
    used    timestamptz
);

-- A browser that has signed in. Of its cookie only the hash is kept; signing out removes the row.
create table operator_session (
    hash    bytea primary key check (length(hash) = 32),
    user_id int not null references operator_user,
    made    timestamptz not null,
    seen    timestamptz not null
);
create index operator_session_user on operator_session (user_id);

grant select, insert on operator_user, operator_link to outcry_serve;
grant update (role, password, disabled) on operator_user to outcry_serve;
grant update (used) on operator_link to outcry_serve;
grant select, insert, delete, update (seen) on operator_session to outcry_serve;
