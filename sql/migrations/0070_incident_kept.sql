-- 0070_incident_kept.sql: what a closed incident's page shows of other tables, kept as it stood when the incident closed.

-- Whose statements stand for a service: its own, or those of the whole that it is a part of while it has none.
create function speaker_of(service_id int) returns int language sql stable as $$
    select case when exists (select from official_statement as said where said.service_id = service.id) then service.id
                else coalesce(service.parent_id, service.id) end
    from service where service.id = speaker_of.service_id
$$;

-- The names of then: services and their providers are renamed.
create table incident_kept (
    incident_id  uuid primary key references incident,
    service_name text not null,
    provider     text not null,
    speaker_id   int not null references service
);

-- What was known of the provider's words; later ones are told as such. Wider than what is shown, so that the rule which
-- statements are about an incident stays in one place.
create table incident_statement (
    incident_id uuid not null references incident_kept,
    service_id  int not null,
    external_id text not null,
    primary key (incident_id, service_id, external_id),
    foreign key (service_id, external_id) references official_statement
);

-- Which problems people named: whoever says more of an earlier report moves it, and categories are renamed.
create table incident_problem (
    incident_id uuid not null references incident_kept,
    key         text not null,
    label       text not null,
    reports     bigint not null check (reports > 0),
    primary key (incident_id, key)
);

-- Others that ran at the same time, with the peaks that they had by then.
create table incident_related (
    incident_id  uuid not null references incident_kept,
    related_id   uuid not null references incident,
    service_name text not null,
    family       boolean not null,  -- a part of the same whole
    peak         int not null,
    primary key (incident_id, related_id)
);

create function keep_incident(closed incident) returns void language plpgsql as $$
begin
    insert into incident_kept
    select closed.id, name, provider, speaker_of(id) from service where id = closed.service_id
    on conflict do nothing;
    if not found then
        return;  -- kept when it closed
    end if;
    insert into incident_statement
    select closed.id, service_id, external_id from official_statement
    where service_id = speaker_of(closed.service_id) and at >= closed.began - interval '2 days';
    insert into incident_problem
    select closed.id, category.key, category.label, sum(detail.reports)
    from bin_detail as detail join category on category.id = detail.category_id
    where detail.service_id = closed.service_id and detail.minute >= closed.began and detail.minute < closed.closed
        and not detail.works
    group by category.id having sum(detail.reports) > 0;
    insert into incident_related
    select closed.id, other.id, service.name,
           coalesce(service.parent_id, service.id) = coalesce(own.parent_id, own.id) as family, other.peak
    from incident as other join service on service.id = other.service_id join service as own on own.id = closed.service_id
    where other.id <> closed.id and other.opened < closed.closed and other.opened > closed.began - interval '30 days'
        and coalesce(other.closed, 'infinity') > closed.began
    order by family desc, other.peak desc, other.id
    limit 20;
end $$;

create function keep_closed_incident() returns trigger language plpgsql as $$
begin
    perform keep_incident(new);
    return null;
end $$;
create trigger incident_closed after insert or update of closed on incident
    for each row when (new.closed is not null) execute function keep_closed_incident();

grant select, insert on incident_kept, incident_statement, incident_problem, incident_related to outcry_serve;
