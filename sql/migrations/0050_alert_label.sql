-- 0050_alert_label.sql: which rises were outages and which were not, as operators say who tune by them.

-- One stretch of time of one service; two of one service never overlap. A label taken back is a row removed; the audit
-- log has who, when and what.
create table alert_label (
    service_id int not null references service,
    began      timestamptz not null,
    ended      timestamptz not null,
    real       boolean not null,  -- an outage; false: a false alarm
    by_whom    text not null,
    made       timestamptz not null,
    primary key (service_id, began),
    check (began < ended)
);

grant select, insert, delete on alert_label to outcry_serve;
