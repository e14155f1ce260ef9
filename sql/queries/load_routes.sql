-- Those in force, of targets that are not removed, with the names of what they speak of; an archived service still has its own.
select r.id, r.target_id, r.service_id, r.group_name, r.region, r.quiet_from, r.quiet_to, r.quiet_zone,
       r.remind_minutes, r.escalate_minutes, r.least_severity, t.name, coalesce(s.slug, ''), coalesce(s.name, '')
from notification_route r join notification_target t on t.id = r.target_id left join service s on s.id = r.service_id
where r.removed is null and t.removed is null
order by r.id;
