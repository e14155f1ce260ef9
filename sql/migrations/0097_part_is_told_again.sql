-- 0097_part_is_told_again.sql: who heard that an incident is told as a part of another hears of it again when it outlasts that one.
alter table notification drop constraint notification_kind_check, add constraint notification_kind_check
    check (kind in ('incident.opened', 'incident.updated', 'incident.closed', 'incident.merged', 'incident.reopened',
                    'incident.reminder', 'incident.escalated', 'test'));
