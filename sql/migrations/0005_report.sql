-- 0005_report.sql: every report of the last 30 days, counted or not; a partition for each day, dropped as a whole.

-- `win` is the quarter hour, counted from 1970, that the report's own time falls into; one reporter counts once in it.
-- No reference to service: the counter must never stand still for a row that is wrong.
create table report (
    win           int not null,
    id            uuid not null,
    service_id    int not null,
    minute        timestamptz not null,  -- the bin it was counted in
    at            timestamptz not null,
    reporter      uuid not null,         -- keyed hash of 16 bytes, not an address
    prefix        bigint not null,       -- keyed hash of 8 bytes
    works         boolean not null,      -- "works for me"
    outcome       smallint not null check (outcome between 0 and 2),  -- counted, repeated, limited
    category_id   int not null,          -- 0: not said
    region        text not null,         -- ISO 3166-2; empty: not said
    message       text not null,
    detail_minute timestamptz,           -- when a later submission of the same reporter added detail
    primary key (win, id)
) partition by range (win);
create unique index report_counts_once on report (win, service_id, works, reporter) where outcome = 0;
create index report_messages on report (service_id, win) where message <> '';

-- Makes the partition of the day that `win` falls into, if there is none yet.
create function make_report_day(win int) returns void language plpgsql security definer
    set search_path = public, pg_temp as $$
declare
    first int := win - win % 96;
    name text := 'report_' || to_char(to_timestamp(first::bigint * 900) at time zone 'UTC', 'YYYYMMDD');
begin
    perform pg_advisory_xact_lock(7306086967226594675);  -- two nodes may come to a new day together
    if to_regclass('public.' || name) is null then
        execute format('create table if not exists %I partition of report for values from (%s) to (%s)'
            ' with (autovacuum_vacuum_insert_scale_factor = 1)', name, first, first + 96);
    end if;
end $$;

-- Drops the partitions of days that ended more than 30 days before the counter's own progress.
create function drop_old_report_days() returns int language plpgsql security definer
    set search_path = public, pg_temp as $$
declare
    oldest text;
    name text;
    dropped int := 0;
begin
    select 'report_' || to_char((complete_until - interval '31 days') at time zone 'UTC', 'YYYYMMDD') into oldest
        from tally_state;
    for name in
        select child.relname from pg_inherits join pg_class child on child.oid = inhrelid
        where inhparent = 'report'::regclass and child.relname < oldest order by 1
    loop
        execute format('drop table %I', name);
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;

revoke execute on function make_report_day, drop_old_report_days from public;
grant execute on function make_report_day, drop_old_report_days to outcry_serve;
grant select, insert, update on report to outcry_serve;
