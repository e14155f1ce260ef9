-- 0041_notification_target.sql: who is told of incidents, of which ones, and when not.

-- A removed target stays, so that what it was sent can still be read; its secrets go.
create table notification_target (
    id               int generated always as identity primary key,
    name             text not null check (name ~ '^[^[:cntrl:]]{1,64}$'),
    kind             text not null check (kind in ('webhook', 'slack', 'pagerduty', 'mail')),
    address          text not null check (address <> ''),  -- URL; of mail the recipients, joined by commas
    secret           text not null default '',             -- signs webhooks; PagerDuty's routing key
    old_secret       text not null default '',             -- signs beside the new one until `old_secret_until`
    old_secret_until timestamptz,
    failures         int not null default 0,               -- attempts in a row that failed
    failing_since    timestamptz,
    off_since        timestamptz,                          -- null: it is told
    off_why          text not null default '' check (off_why in ('', 'operator', 'gone', 'failing')),
    made             timestamptz not null,
    removed          timestamptz
);
create unique index notification_target_name on notification_target (name) where removed is null;

-- A target hears of what any of its routes lets through. Each condition may be left open.
create table notification_route (
    id               int generated always as identity primary key,
    target_id        int not null references notification_target,
    service_id       int references service,
    group_name       text not null default '',
    region           text not null default '',
    severity         text not null default 'spike' check (severity in ('possible', 'spike')),  -- from this on
    quiet_from       smallint check (quiet_from between 0 and 1439),  -- minute of the day; news waits until quiet_to
    quiet_to         smallint check (quiet_to between 0 and 1439),
    quiet_zone       text not null default 'UTC',                     -- IANA
    remind_minutes   int check (remind_minutes between 5 and 10080),  -- how often, while an incident lasts
    escalate_minutes int check (escalate_minutes between 1 and 1440), -- told only of what nobody acknowledged by then
    made             timestamptz not null,
    removed          timestamptz,
    check (num_nulls(quiet_from, quiet_to) <> 1),
    check (quiet_from <> quiet_to)
);

grant select, insert on notification_target, notification_route to outcry_serve;
grant update (name, address, secret, old_secret, old_secret_until, failures, failing_since, off_since, off_why, removed)
    on notification_target to outcry_serve;
grant update (service_id, group_name, region, severity, quiet_from, quiet_to, quiet_zone, remind_minutes, escalate_minutes,
    removed) on notification_route to outcry_serve;
