-- Only to who was told of the incident before, when $6; of its end also to who may have been, by a try that was called off.
-- One look tells one thing: what grows or lasts is in a first message that has yet to be written, and a reminder is for who has
-- heard nothing since it was due. Of a part and its whole nobody is paged twice: who was told of the whole does not hear yet that
-- the part opened; who was told of both hears that they are one, and no more of the part until it goes on alone.
insert into delivery (notification_id, target_id, incident_id, held_by, due, made)
select $1::uuid, $2::int, incident_id,
       case when n.kind = 'incident.opened' and of_whole and $3 = '' then 'merge' else $3 end,
       to_timestamp($4::bigint / 1000.0), to_timestamp($5::bigint / 1000.0)
from notification n
    cross join lateral (
        select exists (select from incident_merge m join incident i on i.id = m.into_id
                       where m.incident_id = n.incident_id and i.closed is null and told_of(i.id, $2::int)) as of_whole
    ) whole
    cross join lateral (
        select coalesce(bool_or(told), false) as of_it, coalesce(bool_or(perhaps), false) as perhaps, max(due) filter (where told) as last,
               coalesce(bool_or(told and kind = 'incident.merged'), false) as of_merge,
               coalesce(bool_or((told or perhaps) and kind = 'incident.reopened'), false) as again,
               coalesce(bool_or(told and body is null and kind in ('incident.opened', 'incident.escalated', 'incident.reopened')),
                        false) as unwritten
        from (select h.kind, d.body, d.due, d.state = 'delivered' or d.state = 'waiting' and d.held_by = '' as told,
                     d.state = 'cancelled' and d.attempts > 0 as perhaps
              from delivery d join notification h on h.id = d.notification_id
              where d.incident_id = n.incident_id and d.target_id = $2::int) message
    ) heard
where id = $1::uuid
    and (not $6::bool or of_it or n.kind = 'incident.closed' and perhaps)
    and case n.kind when 'incident.merged' then of_whole
                    when 'incident.reopened' then of_merge
                    when 'incident.escalated' then not of_whole and not unwritten
                    when 'incident.updated' then (again or not of_merge) and not unwritten
                    when 'incident.reminder' then (again or not of_merge) and coalesce(last < n.at, true)
                    else (again or not of_merge) end
on conflict (notification_id, target_id) do nothing;
