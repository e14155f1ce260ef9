-- 0082_routes_without_severity.sql: a line hears of incidents, and of nothing that may be chance: no news was ever made of
-- what is only possible.

-- While the nodes are replaced one by one, those of the release before still read and write the column.
comment on column notification_route.severity is 'Read by nothing any more; goes in a later release.';
