update delivery set state = 'cancelled', why = $2, held_by = '', settled = to_timestamp($3::bigint / 1000.0)
where id = $1::bigint and state = 'waiting';
