-- Only to who was told of the incident before, when $6. Of a part and its whole nobody is paged twice: who was told of the
-- whole does not hear yet that the part opened; who was told of both hears that they are one, and no more of the part. That
-- ends with the whole: what goes on alone is told again. A part that ended no later needs no word of its own.
insert into delivery (notification_id, target_id, incident_id, held_by, due, made)
select $1::uuid, $2::int, incident_id,
       case when n.kind = 'incident.opened' and told.of_whole and $3 = '' then 'merge' else $3 end,
       to_timestamp($4::bigint / 1000.0), to_timestamp($5::bigint / 1000.0)
from notification n
    left join lateral (
        select m.into_id from incident_merge m join incident i on i.id = m.into_id
        where m.incident_id = n.incident_id
            and (i.closed is null or n.kind = 'incident.closed' and i.closed >= n.at)
    ) whole on true
    cross join lateral (
        select coalesce(told_of(whole.into_id, $2::int), false) as of_whole,
               whole.into_id is not null
                   and exists (select from delivery d join notification t on t.id = d.notification_id
                               where d.incident_id = n.incident_id and d.target_id = $2::int
                                   and d.state in ('waiting', 'delivered') and t.kind = 'incident.merged') as of_merge
    ) told
where id = $1::uuid
    and (not $6::bool or told_of(n.incident_id, $2::int))
    and case when n.kind = 'incident.merged' then told.of_whole
             when n.kind = 'incident.escalated' then not told.of_whole
             else not told.of_merge end
on conflict (notification_id, target_id) do nothing;
