update tally_state set epoch = $1::bigint, complete_until = to_timestamp($2::bigint);
