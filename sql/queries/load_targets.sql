-- Those that are not removed, by name; of one id alone when $1 is given.
select id, name, kind, address, secret, old_secret, (extract(epoch from old_secret_until) * 1000)::bigint, failures,
       (extract(epoch from failing_since) * 1000)::bigint, (extract(epoch from off_since) * 1000)::bigint, off_why,
       (extract(epoch from made) * 1000)::bigint, (extract(epoch from asked_until) * 1000)::bigint
from notification_target
where removed is null and ($1::int is null or id = $1::int)
order by name, id;
