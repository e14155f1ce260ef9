-- 0002_catalogue.sql: what is watched: services, the problems people can name, and how each service is judged.

-- One row; every change of the catalogue or of settings raises it, so that readers need to poll nothing else.
create table catalogue_version (
    only_row boolean primary key default true check (only_row),
    version  bigint not null
);
insert into catalogue_version (version) values (1);

-- A service is never deleted: its history stays quotable. `archived` takes it off the pages.
create table service (
    id          int generated always as identity primary key,
    slug        text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 64),
    name        text not null check (name <> ''),
    group_name  text not null default '',
    homepage    text not null default '',
    status_page text not null default '',  -- the provider's own
    provider    text not null default '',  -- who speaks officially
    zone        text not null default 'UTC',  -- IANA; its reporters' time of day
    parent_id   int references service check (parent_id <> id),
    aliases     text[] not null default '{}',
    created     timestamptz not null,
    archived    timestamptz
);

-- What people say is wrong. A retired category is offered no more; the reports that named it keep it.
create table category (
    id         int generated always as identity primary key,
    service_id int not null references service,
    key        text not null check (key <> ''),
    label      text not null check (label <> ''),
    position   int not null,
    retired    timestamptz,
    unique (service_id, key)
);

-- One row for each version; the highest holds for the bins that start at `since` or later. Rows are never changed.
create table detector_settings (
    service_id            int not null references service,
    version               int not null,
    since                 timestamptz not null,
    false_alarms_per_year double precision not null check (false_alarms_per_year between 0.05 and 366),
    least_reports         int not null check (least_reports between 1 and 100000),
    hold_minutes          int not null check (hold_minutes between 0 and 60),
    clear_minutes         int not null check (clear_minutes between 1 and 1440),
    note                  text not null default '',
    by_whom               text not null default '',
    made                  timestamptz not null,
    primary key (service_id, version)
);

create function raise_catalogue_version() returns trigger language plpgsql as $$
begin
    update catalogue_version set version = version + 1;
    return null;
end $$;
create trigger service_changed after insert or update on service
    for each row execute function raise_catalogue_version();
create trigger category_changed after insert or update on category
    for each row execute function raise_catalogue_version();
create trigger settings_changed after insert on detector_settings
    for each row execute function raise_catalogue_version();

grant select, update on catalogue_version to outcry_serve;
grant select, insert, update on service, category to outcry_serve;
grant select, insert on detector_settings to outcry_serve;
