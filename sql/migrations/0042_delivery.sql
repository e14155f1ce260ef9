-- 0042_delivery.sql: what is to be told, to whom, and every attempt at it.

-- Its id is what receivers know a message by: the outbox row's, through every retry and restart.
create table notification (
    id          uuid primary key,
    kind        text not null check (kind in ('incident.opened', 'incident.updated', 'incident.closed', 'incident.reminder',
                                              'incident.escalated', 'test')),
    incident_id uuid references incident,
    service_id  int references service,
    region      text not null default '',
    at          timestamptz not null,  -- when it happened
    made        timestamptz not null,
    unique (incident_id, kind, at)
);
create index notification_made on notification (made);

create table delivery (
    id              bigint generated always as identity primary key,
    notification_id uuid not null references notification on delete cascade,
    target_id       int not null references notification_target,
    incident_id     uuid,                   -- of the notification; the order within it is kept
    state           text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'cancelled')),
    why             text not null default '',  -- it failed or was cancelled: 'exhausted', 'refused', 'gone', 'off', 'over', 'acknowledged'
    held_by         text not null default '' check (held_by in ('', 'maintenance', 'silence', 'quiet hours')),  -- until `due`
    due             timestamptz not null,
    attempts        int not null default 0,
    body            text,                   -- what is sent, without secrets; made before the first attempt
    claimed_by      int,                    -- the node that is sending it
    claimed_until   timestamptz,
    settled         timestamptz,
    made            timestamptz not null,
    unique (notification_id, target_id)
);
create index delivery_waiting on delivery (target_id, due) where state = 'waiting';
create index delivery_incident on delivery (incident_id, target_id);
create index delivery_newest on delivery (target_id, id desc);

create table delivery_attempt (
    delivery_id bigint not null references delivery on delete cascade,
    number      int not null,  -- from 1; goes on counting when it is sent again by hand
    at          timestamptz not null,
    took_ms     int not null,
    request     text not null,       -- headers, without secrets
    status      int not null,        -- of HTTP or SMTP; 0: no answer came
    answer      bytea not null,      -- its first 64 kB
    cut         boolean not null,    -- there was more
    trouble     text not null,       -- a word for what went wrong; empty when an answer came
    detail      text not null,
    primary key (delivery_id, number)
);

-- Told and done is kept for 30 days; targets and routes stay.
create function retain_notifications(at timestamptz) returns void language sql as $$
    delete from notification n where n.made < $1 - interval '30 days'
        and not exists (select from delivery d where d.notification_id = n.id and d.state = 'waiting');
$$;
revoke execute on function retain_notifications from public;
grant execute on function retain_notifications to outcry_serve;

grant select, insert, delete on notification to outcry_serve;
grant select, insert, update, delete on delivery to outcry_serve;
grant select, insert, delete on delivery_attempt to outcry_serve;
grant update (made) on outbox to outcry_serve;  -- locking a row while it is taken asks for it
