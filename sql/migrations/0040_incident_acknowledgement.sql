-- 0040_incident_acknowledgement.sql: who has said "I see it"; until somebody has, those who wait in line are told.

create table incident_acknowledgement (
    incident_id uuid primary key references incident,  -- the first one holds
    by_whom     text not null check (by_whom <> ''),
    note        text not null default '',
    at          timestamptz not null
);

grant select, insert on incident_acknowledgement to outcry_serve;
