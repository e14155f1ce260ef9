-- Another address is read from the beginning; the same one goes on as it was.
insert into statement_source (service_id, address, next_poll) values ($1, $2, to_timestamp($3::bigint / 1000.0))
on conflict (service_id) do update
set address = excluded.address, next_poll = excluded.next_poll, etag = '', last_modified = '', answered = null,
    failures = 0, trouble = ''
where statement_source.address <> excluded.address;
