-- Incident $1 is told as a part of another: who hears of that one needs no news of its own.
update delivery d set state = 'cancelled', why = 'merged', held_by = '', settled = to_timestamp($2::bigint / 1000.0)
where d.incident_id = $1::uuid and d.state = 'waiting' and d.held_by <> ''
    and exists (select from incident_merge m join delivery w on w.incident_id = m.into_id
                where m.incident_id = $1::uuid and w.target_id = d.target_id and w.state <> 'cancelled');
