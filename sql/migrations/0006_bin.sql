-- 0006_bin.sql: reports per minute; what every chart and the detector read. Absolute totals, written by the counter alone.

-- A minute without a row is a minute without reports.
create table bin (
    service_id int not null,
    minute     timestamptz not null,
    reports    int not null default 0,  -- "I have a problem", counted
    works      int not null default 0,  -- "works for me", counted
    repeated   int not null default 0,  -- stored, not counted: the reporter had counted in this window
    limited    int not null default 0,  -- stored, not counted: its prefix had given its share
    primary key (service_id, minute)
) with (fillfactor = 50);
create index bin_minute on bin (minute);

-- The counted reports of a minute by what they named. A report that names its problem later is moved in the minute in
-- which it does so, so a row may be negative; sums over time are right.
create table bin_detail (
    service_id  int not null,
    minute      timestamptz not null,
    works       boolean not null,
    category_id int not null,   -- 0: not said
    region      text not null,  -- empty: not said
    reports     int not null,
    primary key (service_id, minute, works, category_id, region)
) with (fillfactor = 70);

-- Hours whose minutes are all complete.
create table bin_hour (
    service_id int not null,
    hour       timestamptz not null,
    reports    int not null,
    works      int not null,
    primary key (service_id, hour)
);

grant select, insert, update on bin, bin_detail, bin_hour to outcry_serve;
