-- The open incidents of the service with slug $1.
select incident.id from incident join service on service.id = service_id where slug = $1 and closed is null
order by opened;
