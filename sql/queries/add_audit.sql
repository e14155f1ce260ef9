-- One line of the audit log; before and after may be null.
insert into audit (at, actor, action, object, before, after, why)
values (to_timestamp($1::bigint / 1000.0), $2, $3, $4, $5::jsonb, $6::jsonb, $7);
