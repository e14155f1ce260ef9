-- Those in force, of targets that are not removed.
select r.id, r.target_id, r.service_id, r.group_name, r.region, r.quiet_from, r.quiet_to, r.quiet_zone,
       r.remind_minutes, r.escalate_minutes, r.least_severity
from notification_route r join notification_target t on t.id = r.target_id
where r.removed is null and t.removed is null
order by r.id;
