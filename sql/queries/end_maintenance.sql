-- One that has begun ends now; one that has not is cancelled.
update maintenance set ends = case when starts < to_timestamp($2::bigint / 1000.0) then to_timestamp($2::bigint / 1000.0)
                                   else ends end,
    cancelled = case when starts < to_timestamp($2::bigint / 1000.0) then null else to_timestamp($2::bigint / 1000.0) end
where id = $1::int and cancelled is null and ends > to_timestamp($2::bigint / 1000.0);
