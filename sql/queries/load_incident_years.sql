-- The years in which incidents opened, in UTC, newest first.
with recursive years as (
    (select extract(year from opened at time zone 'UTC')::int as year from incident order by opened desc limit 1)
    union all
    select (select extract(year from opened at time zone 'UTC')::int from incident
            where opened < make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC') order by opened desc limit 1)
    from years where year is not null
)
select year from years where year is not null;
