-- Only to who was told of the incident before, when $6; of its end also to who may have been, by a try that was called off.
-- One look tells one thing: what grows or lasts is in a first message that has yet to be written, and a reminder is for who has
-- heard nothing since it was due. Programs hear of all growth, people of half as much again as they heard last. Of a part and its
-- whole nobody is paged twice: who was told of the whole does not hear yet that the part opened; who was told of both hears that
-- they are one, and no more of the part until it goes on alone.
insert into delivery (notification_id, target_id, incident_id, held_by, due, made)
select n.id, t.id, n.incident_id, case when n.kind = 'incident.opened' and of_whole and $3 = '' then 'merge' else $3 end,
       to_timestamp($4::bigint / 1000.0), to_timestamp($5::bigint / 1000.0)
from notification n join notification_target t on t.id = $2::int left join incident i on i.id = n.incident_id
    cross join lateral (
        select exists (select from incident_merge m join incident w on w.id = m.into_id
                       where m.incident_id = n.incident_id and w.closed is null and told_of(w.id, t.id)) as of_whole
    ) whole
    cross join lateral (
        select coalesce(bool_or(told), false) as of_it, coalesce(bool_or(perhaps), false) as perhaps,
               not coalesce(bool_or(told and kind = 'incident.merged'), false)
                   or coalesce(bool_or((told or perhaps) and kind = 'incident.reopened'), false) as by_itself,
               coalesce(bool_or(told and unwritten), false) as unwritten,
               coalesce(bool_or(told and unwritten and first), false) as first_unwritten,
               coalesce(max(peak) filter (where told), 0) as peak, max(due) filter (where told) as last
        from (select h.kind, d.due, d.peak, d.body is null as unwritten,
                     h.kind in ('incident.opened', 'incident.escalated', 'incident.reopened') as first,
                     d.state = 'delivered' or d.state = 'waiting' and d.held_by = '' as told,
                     d.state = 'cancelled' and d.attempts > 0 as perhaps
              from delivery d join notification h on h.id = d.notification_id
              where d.incident_id = n.incident_id and d.target_id = t.id) message
    ) heard
where n.id = $1::uuid
    and (not $6::bool or of_it or n.kind = 'incident.closed' and perhaps)
    and case n.kind when 'incident.merged' then of_whole
                    when 'incident.reopened' then not by_itself
                    when 'incident.escalated' then not of_whole and not first_unwritten
                    when 'incident.reminder' then by_itself and (last is null or last < n.at)
                    when 'incident.updated' then by_itself and not first_unwritten
                        and (t.kind = 'webhook' or not heard.unwritten and i.peak >= 1.5 * heard.peak)
                    else by_itself end
on conflict (notification_id, target_id) do nothing;
