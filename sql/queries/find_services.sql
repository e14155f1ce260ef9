-- Services that are not archived, a page of them, and how many fit in all: $1 occurs in the name, slug, group or another
-- name, in any case (null: every one); at most $2 rows after the first $3.
select service.slug, service.name, service.group_name, service.zone, coalesce(parent.name, ''), count(*) over ()
from service left join service as parent on parent.id = service.parent_id and parent.archived is null
where service.archived is null
    and ($1::text is null
         or position(lower($1::text) in lower(concat_ws(' ', service.name, service.slug, service.group_name, array_to_string(service.aliases, ' ')))) > 0)
order by lower(service.name), service.slug
limit $2::int offset $3::bigint;
