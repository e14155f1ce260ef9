-- The incident is over before what was held back could be told.
update delivery set state = 'cancelled', why = 'over', held_by = '', settled = to_timestamp($2::bigint / 1000.0)
where incident_id = $1::uuid and state = 'waiting' and held_by <> '';
