-- 0004_tally.sql: how far the one counter has come.

-- One row; who counts locks it, so its lock puts the counters of all nodes in order.
create table tally_state (
    only_row       boolean primary key default true check (only_row),
    epoch          bigint not null,       -- rises by one with each cycle that wrote something
    complete_until timestamptz            -- bins before this never change; null before the first cycle
) with (fillfactor = 10);
insert into tally_state (epoch) values (0);

-- What each cycle touched; readers fetch the bins of epochs they have not seen. Old rows are removed by retain().
create table fold (
    epoch    bigint primary key,
    services int[] not null,
    minutes  timestamptz[] not null  -- beside services: services[i] was touched in minutes[i]
);

grant select, update on tally_state to outcry_serve;
grant select, insert, delete on fold to outcry_serve;
