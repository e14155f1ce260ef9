-- 0012_region_of_incident.sql: regions are watched too: their counts are read by time, and an incident says where.

-- The region that brought most of the excess, when its last peak was counted; empty: none, the whole is concerned.
alter table incident add column region text not null default '';

-- Rows come in order of time, so a summary of each few pages finds a span of time.
create index bin_detail_minute on bin_detail using brin (minute) with (pages_per_range = 32, autosummarize = on);
