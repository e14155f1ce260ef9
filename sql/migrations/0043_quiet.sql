-- 0043_quiet.sql: when nobody is told: announced work on a service, and silences with an end and a reason.

-- Reports count as ever; the page says so. Two windows of a service never overlap.
create table maintenance (
    id         int generated always as identity primary key,
    service_id int not null references service,
    starts     timestamptz not null,
    ends       timestamptz not null,
    title      text not null check (title ~ '^[^[:cntrl:]]{1,200}$'),  -- shown to everyone
    by_whom    text not null,
    made       timestamptz not null,
    cancelled  timestamptz,
    check (starts < ends),
    exclude using gist (int4range(service_id, service_id, '[]') with &&, tstzrange(starts, ends) with &&)
        where (cancelled is null)
);
create index maintenance_ends on maintenance (ends) where cancelled is null;

create table silence (
    id         int generated always as identity primary key,
    service_id int references service,           -- null, with an empty group: everything
    group_name text not null default '',
    starts     timestamptz not null,
    ends       timestamptz not null,             -- ending it early moves this
    reason     text not null check (reason ~ '^[^[:cntrl:]]{1,200}$'),
    by_whom    text not null,
    made       timestamptz not null,
    check (starts <= ends)
);
create index silence_ends on silence (ends);

grant select, insert on maintenance, silence to outcry_serve;
grant update (cancelled, ends) on maintenance to outcry_serve;
grant update (ends) on silence to outcry_serve;
