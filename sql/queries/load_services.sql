-- Every service that is not archived; aliases and networks joined by the unit separator.
select id, slug, name, group_name, homepage, status_page, provider, zone, parent_id,
       array_to_string(aliases, E'\x1f'), (extract(epoch from created) * 1000)::bigint,
       array_to_string(networks, E'\x1f')
from service
where archived is null
order by lower(name), slug;
