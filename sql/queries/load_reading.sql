-- Providers' pages that are read, and the services whose page could not be read in its last three tries.
select (select count(*) from statement_source),
       coalesce((select string_agg(s.name, ', ' order by s.name) from statement_source r join service s on s.id = r.service_id
                 where r.failures >= 3), ''),
       (select count(*) from statement_source where failures >= 3);
