-- The audit log, newest first; every condition may be null: actor $1, action $2 or those below it, object $3 (a part of
-- it), at $4 or later, before $5, before line $6; $7 lines.
select id, (extract(epoch from at) * 1000)::bigint, actor, action, object, before::text, after::text, why
from audit
where ($1::text is null or actor = $1::text)
    and ($2::text is null or action = $2::text or starts_with(action, $2::text || '.'))
    and ($3::text is null or position(lower($3::text) in lower(object)) > 0)
    and ($4::bigint is null or at >= to_timestamp($4::bigint / 1000.0))
    and ($5::bigint is null or at < to_timestamp($5::bigint / 1000.0))
    and ($6::bigint is null or id < $6::bigint)
order by id desc
limit $7::int;
