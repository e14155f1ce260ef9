-- 0033_incident_act.sql: what operators decide about incidents.

-- The incident that is open when the bin before `since` has been judged ends there, on every node and in every replay; the
-- rise that it was about opens nothing more.
create table incident_closing (
    id          int generated always as identity primary key,
    incident_id uuid not null unique references incident,
    service_id  int not null references service,
    since       timestamptz not null,
    by_whom     text not null check (by_whom <> ''),
    made        timestamptz not null,
    unique (service_id, since)
);
create trigger closing_added after insert on incident_closing
    for each row execute function raise_catalogue_version();

-- One outage that was seen at several services: this incident is told as a part of another.
create table incident_merge (
    incident_id uuid primary key references incident,
    into_id     uuid not null references incident check (into_id <> incident_id),
    by_whom     text not null check (by_whom <> ''),
    made        timestamptz not null
);

grant select, insert on incident_closing, incident_merge to outcry_serve;
