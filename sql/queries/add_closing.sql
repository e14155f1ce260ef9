-- The open incident $1 ends at $2; once only.
insert into incident_closing (incident_id, service_id, since, by_whom, made)
select id, service_id, to_timestamp($2::bigint), $3, to_timestamp($4::bigint / 1000.0) from incident
where id = $1::uuid and closed is null
on conflict do nothing;
