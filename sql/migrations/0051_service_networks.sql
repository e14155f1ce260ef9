-- 0051_service_networks.sql: the autonomous systems that belong to a service itself, such as an internet provider's own.
alter table service add column networks bigint[] not null default '{}'
    check (1 <= all (networks) and 4294967295 >= all (networks));
