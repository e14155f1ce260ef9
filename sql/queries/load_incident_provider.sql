-- Who spoke officially for the service when incident $1 closed.
select provider from incident_kept where incident_id = $1::uuid;
