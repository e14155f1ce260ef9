-- What operators decided about incident $1: when it ends, by whom; what it is part of.
select (select extract(epoch from since)::bigint from incident_closing where incident_id = $1::uuid),
       (select into_id from incident_merge where incident_id = $1::uuid);
