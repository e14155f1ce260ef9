-- Incident $1 is over. What was held back of it is told no more, nor what says that it lasts, and nobody is paged for it. What is
-- under way may arrive; it is not sent again.
update delivery d set state = case when claimed_by is null then 'cancelled' else state end, why = 'over', held_by = '',
    settled = case when claimed_by is null then to_timestamp($2::bigint / 1000.0) end
from notification n, notification_target t
where n.id = d.notification_id and t.id = d.target_id and d.incident_id = $1::uuid and d.state = 'waiting'
    and (d.held_by <> '' or n.kind in ('incident.reminder', 'incident.escalated')
         or t.kind = 'pagerduty' and n.kind not in ('incident.merged', 'incident.closed'));
