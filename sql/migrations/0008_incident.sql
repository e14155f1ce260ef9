-- 0008_incident.sql: outages as users saw them, for ever, and the news of them that has yet to go out.

create table incident (
    id               uuid primary key,  -- UUIDv7
    service_id       int not null references service,
    settings_version int not null,      -- of the service's detector settings, when it opened
    began            timestamptz not null,
    opened           timestamptz not null,
    closed           timestamptz,
    revised          timestamptz not null,  -- end of the bin that changed it last
    peak             int not null,      -- most reports in any 15 minutes
    peak_at          timestamptz not null,  -- end of these
    total            bigint not null,   -- reports since it began
    -- Why it opened, enough to recompute it from exported bins.
    reason_until     timestamptz not null,
    reason_state     text not null,
    reason_observed  int not null,
    reason_expected  double precision not null,
    reason_low       double precision not null,
    reason_high      double precision not null,
    reason_score     double precision not null,
    reason_threshold double precision not null,
    reason_since     timestamptz not null,
    reason_reports   bigint not null,   -- since the rise began
    reason_last_hour int not null,
    unique (service_id, opened)  -- who records the same opening again changes nothing
);
create index incident_newest on incident (opened desc, id desc);

-- Written in the transaction that changes the incident, sent later, at least once, with a stable id.
create table outbox (
    id          uuid primary key,
    kind        text not null check (kind in ('incident.opened', 'incident.updated', 'incident.closed')),
    incident_id uuid not null references incident,
    at          timestamptz not null,  -- end of the bin that caused it
    made        timestamptz not null,
    unique (incident_id, kind, at)
);
create index outbox_made on outbox (made);

grant select, insert, update on incident to outcry_serve;
grant select, insert, delete on outbox to outcry_serve;
