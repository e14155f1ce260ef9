-- At most $4 deliveries that are due at $1, one for each target, in the order of each incident; they are node $3's
-- until $2. Targets that asked to be left alone are left out, and those that have been failing unless $5.
with next as (
    select distinct on (d.target_id) d.id, d.due
    from delivery d join notification_target t on t.id = d.target_id
    where d.state = 'waiting' and d.held_by = '' and d.due <= to_timestamp($1::bigint / 1000.0)
        and t.off_since is null and t.removed is null and ($5::bool or t.failures = 0)
        and (t.asked_until is null or t.asked_until <= to_timestamp($1::bigint / 1000.0))
        and not exists (select from delivery c where c.target_id = d.target_id and c.state = 'waiting'
                            and c.claimed_until > to_timestamp($1::bigint / 1000.0))
        and not exists (select from delivery e where e.target_id = d.target_id and e.incident_id = d.incident_id
                            and e.state = 'waiting' and e.held_by = '' and e.id < d.id)
    order by d.target_id, d.due, d.id
), mine as (
    select d.id from delivery d
    where d.id in (select id from next order by due, id limit $4::int) and d.state = 'waiting'
        and (d.claimed_until is null or d.claimed_until <= to_timestamp($1::bigint / 1000.0))
    for update of d skip locked
)
update delivery d set claimed_until = to_timestamp($2::bigint / 1000.0), claimed_by = $3::int
from mine, notification n
where d.id = mine.id and n.id = d.notification_id
returning d.id, d.target_id, d.attempts, d.body, n.id, n.kind, n.incident_id, n.service_id, n.region,
    (extract(epoch from n.at) * 1000)::bigint, (select count(*) from delivery_attempt a where a.delivery_id = d.id),
    (extract(epoch from n.made) * 1000)::bigint;
