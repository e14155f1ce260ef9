-- 0020_incident_history.sql: how each incident went, what was usual meanwhile, how it ended, and what was noted beside it later.

-- Its opening, its closing, and each change of the service's state between them; written with the change itself.
create table incident_event (
    incident_id uuid not null references incident,
    at          timestamptz not null,  -- end of the bin that brought it
    kind        text not null check (kind in ('opened', 'state', 'closed')),
    state       text not null,         -- from here on
    observed    int,                   -- reports in the 15 minutes before; null when it was no bin that brought it
    expected    double precision,
    primary key (incident_id, at)
);

-- What is usual goes on being learned, and a closed incident's chart must not change: the columns of its chart, as known
-- when it opened (48 hours ahead), and replaced by all of them when it closes.
create table incident_usual (
    incident_id  uuid primary key references incident,
    start        timestamptz not null,
    step_minutes int not null check (step_minutes > 0),
    expected     double precision[] not null,
    low          double precision[] not null,
    high         double precision[] not null,
    check (cardinality(low) = cardinality(expected) and cardinality(high) = cardinality(expected))
);

-- Corrections and remarks of operators: dated, and the only thing that is ever added to a closed incident.
create table incident_annotation (
    id          int generated always as identity primary key,
    incident_id uuid not null references incident,
    at          timestamptz not null,
    by_whom     text not null check (by_whom <> ''),
    note        text not null check (note <> '' and length(note) <= 2000)
);
create index incident_annotations on incident_annotation (incident_id, at, id);

-- calm: reports were as usual for long enough; archived: the service was taken off the catalogue; operator: someone closed it.
alter table incident add column ending text check (ending in ('calm', 'archived', 'operator'));
update incident set ending = 'calm' where closed is not null;
alter table incident add check ((closed is null) = (ending is null));

grant select, insert on incident_event, incident_annotation to outcry_serve;
grant select, insert, update on incident_usual to outcry_serve;
