-- 0001_roles.sql: the role that serves requests; it reads and writes rows, and can neither drop nor alter.
do $$
begin
    if not exists (select from pg_roles where rolname = 'outcry_serve') then
        create role outcry_serve nologin;
    end if;
    if not pg_has_role(current_user, 'outcry_serve', 'member') then
        execute format('grant outcry_serve to %I', current_user);
    end if;
end $$;

grant usage on schema public to outcry_serve;
