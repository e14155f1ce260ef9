-- $2: waiting until $4, or settled; what was called off while it was under way waits no more. Nothing when another node has
-- taken it over since.
update delivery set state = case when $2 = 'waiting' and why <> '' then 'cancelled' else $2 end,
    why = case when $2 = 'waiting' then why else $3 end, due = to_timestamp($4::bigint / 1000.0), attempts = attempts + 1,
    settled = case when $2 = 'waiting' and why = '' then null else to_timestamp($5::bigint / 1000.0) end,
    claimed_by = null, claimed_until = null
where id = $1::bigint and state = 'waiting' and claimed_by = $6::int and attempts = $7::int;
