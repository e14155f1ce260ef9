-- A note beside incident $1; nothing when there is no such incident.
insert into incident_annotation (incident_id, at, by_whom, note)
select id, to_timestamp($4::bigint / 1000.0), $3, $2 from incident where id = $1::uuid;
