-- 0003_journal.sql: where a batch of reports becomes durable before it is counted; short-lived rows, no key to contend for.

create table journal (
    node int not null,
    body bytea not null  -- encoded reports
) with (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0,
    autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_threshold = 1000000,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 2000,
    toast.autovacuum_vacuum_cost_delay = 0
);
alter table journal alter column body set storage external;

-- Rows that no version of the counter at hand could read; kept for people, so that one cannot stop the rest.
create table journal_unreadable (
    body  bytea not null,
    cause text not null,
    taken timestamptz not null
);

grant select, insert, delete on journal to outcry_serve;
grant select, insert on journal_unreadable to outcry_serve;
