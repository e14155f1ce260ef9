-- $2: waiting until $4, or settled. Nothing when another node has taken it over since.
update delivery set state = $2, why = $3, due = to_timestamp($4::bigint / 1000.0), attempts = attempts + 1,
    settled = case when $2 = 'waiting' then null else to_timestamp($5::bigint / 1000.0) end,
    claimed_by = null, claimed_until = null
where id = $1::bigint and state = 'waiting' and claimed_by = $6::int and attempts = $7::int;
