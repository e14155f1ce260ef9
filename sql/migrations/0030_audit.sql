-- 0030_audit.sql: who changed what, from what, to what, when and why; written with the change, never altered.

create table audit (
    id     bigint generated always as identity primary key,
    at     timestamptz not null,
    actor  text not null check (actor <> ''),   -- "mara", "token grafana", "command line (root)"
    action text not null check (action <> ''),  -- "incident.acknowledge"
    object text not null,                       -- "service outlook", "user mara"
    before jsonb,                               -- null: there was nothing before
    after  jsonb,                               -- null: there is nothing now
    why    text not null default ''
);
create index audit_at on audit (at desc, id desc);
create index audit_object on audit (object, id desc);

-- The rights below forbid it to the serving role; this forbids it to everyone, the owner and superusers too.
create function refuse_to_alter_audit() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is never altered' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_is_kept before update or delete or truncate on audit
    for each statement execute function refuse_to_alter_audit();
alter table audit enable always trigger audit_is_kept;  -- in replica mode too

grant select, insert on audit to outcry_serve;
