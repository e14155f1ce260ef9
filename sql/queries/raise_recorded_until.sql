update board_state set recorded_until = to_timestamp($1::bigint)
where recorded_until is null or recorded_until < to_timestamp($1::bigint);
