-- 0097_what_was_told.sql: who heard that an incident is told as a part of another hears of it again when it outlasts that one; and
-- people hear of growth when it is much more than what they heard last.
alter table notification drop constraint notification_kind_check, add constraint notification_kind_check
    check (kind in ('incident.opened', 'incident.updated', 'incident.closed', 'incident.merged', 'incident.reopened',
                    'incident.reminder', 'incident.escalated', 'test'));
alter table delivery add column peak int;  -- of the incident, as the body has it; null: not written yet, a test, or older than this
