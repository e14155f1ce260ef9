-- 0009_secret.sql: keys that belong to this installation; never logged, never shown.

create table installation_secret (
    name  text primary key,
    value bytea not null
);

-- A salt for each UTC day, removed after 48 hours, so that nobody can tell later who reported.
create table reporter_salt (
    day  date primary key,
    salt bytea not null check (length(salt) = 32)
);

grant select, insert on installation_secret to outcry_serve;
grant select, insert, delete on reporter_salt to outcry_serve;
