-- 0093_routes_from_a_severity.sql: a line may ask for large outages only.
alter table notification_route
    add column least_severity int check (least_severity between 2 and 10000);  -- times the usual; null: any
grant update (least_severity) on notification_route to outcry_serve;

-- How bad an incident has been so far: its peak in times of what was usual when it opened, as verdicts have it.
create function severity_of(incident) returns double precision language sql immutable as $$
    select $1.peak / greatest($1.reason_expected, .1)
$$;
