-- 0013_bin_day.sql: quarter-hours of whole days, a row for each service and day, so that a large installation that has lost
-- what it learned reads sixty days in seconds.

-- `quarters` holds the reports of the 96 quarter-hours of a UTC day (analytics/history.hpp); a day without any has no row.
create table bin_day (
    service_id int not null,
    day        int not null,  -- since 1 January 1970
    quarters   bytea not null,
    primary key (service_id, day)
);

-- One row; days before `until` are summed up, null before the first.
create table bin_day_state (
    only_row boolean primary key default true check (only_row),
    until    int
);
insert into bin_day_state default values;

grant select, insert, update on bin_day to outcry_serve;
grant select, update on bin_day_state to outcry_serve;
