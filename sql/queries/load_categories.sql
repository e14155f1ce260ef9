-- The problems people can name now, in the order they are offered.
select category.service_id, category.id, category.key, category.label
from category join service on service.id = category.service_id
where category.retired is null and service.archived is null
order by category.service_id, category.position, category.id;
