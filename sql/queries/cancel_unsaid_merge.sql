-- Incident $1 goes on after its whole: that it came under it is not said any more where it never was.
update delivery d set state = 'cancelled', why = 'over', settled = to_timestamp($2::bigint / 1000.0)
from notification n
where n.id = d.notification_id and n.kind = 'incident.merged' and d.incident_id = $1::uuid and d.state = 'waiting'
    and d.body is null;
