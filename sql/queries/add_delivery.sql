-- Only to who was told of the incident before, when $6.
insert into delivery (notification_id, target_id, incident_id, held_by, due, made)
select $1::uuid, $2::int, incident_id, $3, to_timestamp($4::bigint / 1000.0), to_timestamp($5::bigint / 1000.0)
from notification n
where id = $1::uuid
    and (not $6::bool or exists (select from delivery d where d.incident_id = n.incident_id and d.target_id = $2::int
                                     and d.state <> 'cancelled' and d.held_by = ''))
on conflict (notification_id, target_id) do nothing;
