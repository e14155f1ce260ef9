-- An older state never replaces a newer one, whichever node saves it.
insert into detector_state (service_id, until, state) values ($1::int, to_timestamp($2::bigint), $3::bytea)
on conflict (service_id) do update set until = excluded.until, state = excluded.state
where detector_state.until < excluded.until;
