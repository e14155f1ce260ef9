-- The categories of service $1 in their order; a retired one that is named again comes back.
insert into category (service_id, key, label, position)
select $1::int, key, label, position
from unnest($2::text[], $3::text[]) with ordinality as named (key, label, position)
on conflict (service_id, key) do update set label = excluded.label, position = excluded.position, retired = null
where (category.label, category.position, category.retired)
    is distinct from (excluded.label, excluded.position, null::timestamptz);
