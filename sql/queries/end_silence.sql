-- Now, or never begun.
update silence set ends = greatest(starts, to_timestamp($2::bigint / 1000.0))
where id = $1::int and ends > to_timestamp($2::bigint / 1000.0);
