-- Somebody sees to it: that nobody does is told no more. What is under way may arrive; it is not sent again.
update delivery d set state = case when claimed_by is null then 'cancelled' else state end, why = 'acknowledged', held_by = '',
    settled = case when claimed_by is null then to_timestamp($1::bigint / 1000.0) end
from notification n
where n.id = d.notification_id and n.kind = 'incident.escalated' and d.state = 'waiting' and d.why = ''
    and exists (select from incident_acknowledgement a
                where a.incident_id = n.incident_id
                    or a.incident_id in (select w.id from incident_merge m join incident w on w.id = m.into_id
                                         where m.incident_id = n.incident_id and w.closed is null));
