-- The tries of the key $1, a new row at $2 when there is none; nobody else changes it until the transaction ends.
insert into sign_in_tries (key, tries, last, next)
values ($1, 0, to_timestamp($2::bigint / 1000.0), to_timestamp($2::bigint / 1000.0))
on conflict (key) do update set key = excluded.key
returning tries, (extract(epoch from last) * 1000)::bigint, (extract(epoch from next) * 1000)::bigint;
