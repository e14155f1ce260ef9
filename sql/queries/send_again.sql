-- By hand: from the beginning of the schedule, with the same id and body.
update delivery set state = 'waiting', why = '', held_by = '', due = to_timestamp($2::bigint / 1000.0), attempts = 0,
    settled = null, claimed_by = null, claimed_until = null
where id = $1::bigint and (state <> 'waiting' or claimed_until is null);
