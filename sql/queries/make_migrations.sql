-- What has been applied to this database; the checksum tells whether a file was edited afterwards.
set local client_min_messages = warning;
create table if not exists schema_migration (
    number   int primary key,
    name     text not null,
    checksum text not null,
    applied  timestamptz not null default clock_timestamp()
);
