-- The server's time in milliseconds; the only place that asks for it.
select (extract(epoch from clock_timestamp()) * 1000)::bigint;
