-- 0096_delivery_settled.sql: the console counts what was settled in the last day, among the deliveries of a month.
create index delivery_settled on delivery (settled) where settled is not null;
