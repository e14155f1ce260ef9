-- 0007_detector_state.sql: what was learned about each service, so that a start need not learn it again.

-- `state` has seen every bin before `until` and nothing else; the bins since then bring it up to date, to the byte.
create table detector_state (
    service_id int primary key references service,
    until      timestamptz not null,
    state      bytea not null
);
alter table detector_state alter column state set storage external;

-- One row; every change of state that bins before `recorded_until` brought has been recorded.
create table board_state (
    only_row       boolean primary key default true check (only_row),
    recorded_until timestamptz
) with (fillfactor = 10);
insert into board_state default values;

grant select, insert, update on detector_state to outcry_serve;
grant select, update on board_state to outcry_serve;
