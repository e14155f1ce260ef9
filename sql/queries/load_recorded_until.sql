select extract(epoch from recorded_until)::bigint from board_state;
