-- 0060_official_statement.sql: what providers say of their services, beside what users report, and where that is read.

-- Kept as it was said, for ever: a provider that rewrites its page changes nothing here.
create table official_statement (
    service_id  int not null references service,
    external_id text not null check (external_id <> '' and length(external_id) <= 500),
    at          timestamptz not null,  -- when it was said
    status      text not null check (status in ('investigating', 'identified', 'monitoring', 'resolved', 'other')),
    title       text not null check (length(title) <= 300),
    body        text not null check (length(body) <= 4000 and (body <> '' or title <> '')),
    address     text not null,
    by_whom     text not null,         -- the operator who wrote it down; empty: read from the provider's page
    seen        timestamptz not null,  -- when it was known here
    primary key (service_id, external_id)
);
create index official_statement_time on official_statement (service_id, at);
create trigger statement_added after insert on official_statement
    for each statement execute function raise_catalogue_version();  -- pages show it

-- The machine-readable page of a provider. Who reads it sets next_poll ahead, so that no other node does meanwhile.
create table statement_source (
    service_id    int primary key references service,
    address       text not null check (address <> ''),
    etag          text not null default '',
    last_modified text not null default '',
    next_poll     timestamptz not null,
    answered      timestamptz,
    failures      int not null default 0,
    trouble       text not null default ''
);
create index statement_source_due on statement_source (next_poll);

grant select, insert on official_statement to outcry_serve;
grant select, insert, update, delete on statement_source to outcry_serve;
