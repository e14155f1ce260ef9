-- Nothing when a target of that name is there.
insert into notification_target (name, kind, address, secret, made)
values ($1, $2, $3, $4, to_timestamp($5::bigint / 1000.0))
on conflict (name) where removed is null do nothing
returning id;
