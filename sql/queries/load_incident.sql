-- One incident, by its id.
select * from incident_record where id = $1::uuid;
