-- Newest first; each condition may be null: target $1, state $2, before id $3, this id $4; $5 rows.
select d.id, d.target_id, t.name, d.state, d.why, d.held_by, (extract(epoch from d.due) * 1000)::bigint, d.attempts,
       coalesce(d.body, ''), (extract(epoch from d.made) * 1000)::bigint, (extract(epoch from d.settled) * 1000)::bigint,
       n.id, n.kind, n.incident_id, n.service_id, n.region, (extract(epoch from n.at) * 1000)::bigint,
       (select a.status from delivery_attempt a where a.delivery_id = d.id order by number desc limit 1),
       (select a.trouble from delivery_attempt a where a.delivery_id = d.id order by number desc limit 1), t.kind,
       (extract(epoch from t.asked_until) * 1000)::bigint, coalesce(s.slug, ''), coalesce(kept.service_name, s.name, '')
from delivery d join notification n on n.id = d.notification_id join notification_target t on t.id = d.target_id
    left join service s on s.id = n.service_id left join incident_kept kept on kept.incident_id = n.incident_id
where ($1::int is null or d.target_id = $1::int) and ($2::text is null or d.state = $2::text)
    and ($3::bigint is null or d.id < $3::bigint) and ($4::bigint is null or d.id = $4::bigint)
order by d.id desc
limit $5::int;
