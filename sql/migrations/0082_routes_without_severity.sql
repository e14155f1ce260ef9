-- 0082_routes_without_severity.sql: a line hears of incidents, and of nothing that may be chance: no news was ever made of
-- what is only possible.

alter table notification_route drop column severity;
