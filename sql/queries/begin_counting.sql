update tally_state set complete_until = to_timestamp($1::bigint) where complete_until is null;
