-- What waits for target $1 is not sent any more.
update delivery set state = 'failed', why = 'off', settled = to_timestamp($2::bigint / 1000.0)
where target_id = $1::int and state = 'waiting';
