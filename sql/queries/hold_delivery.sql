update delivery set held_by = $2, due = to_timestamp($3::bigint / 1000.0) where id = $1::bigint and state = 'waiting';
