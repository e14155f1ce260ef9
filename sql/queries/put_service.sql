-- Inserts or updates by slug; a row that is already so is left alone, so that the version does not rise for nothing.
insert into service (slug, name, group_name, homepage, status_page, provider, zone, parent_id, aliases, created,
                     networks)
values ($1, $2, $3, $4, $5, $6, $7, $8::int, $9::text[], to_timestamp($10::bigint / 1000.0), $11::bigint[])
on conflict (slug) do update set
    name = excluded.name, group_name = excluded.group_name, homepage = excluded.homepage,
    status_page = excluded.status_page, provider = excluded.provider, zone = excluded.zone,
    parent_id = excluded.parent_id, aliases = excluded.aliases, networks = excluded.networks, archived = null
where (service.name, service.group_name, service.homepage, service.status_page, service.provider, service.zone,
       service.parent_id, service.aliases, service.networks, service.archived)
    is distinct from (excluded.name, excluded.group_name, excluded.homepage, excluded.status_page, excluded.provider,
       excluded.zone, excluded.parent_id, excluded.aliases, excluded.networks, null::timestamptz);
