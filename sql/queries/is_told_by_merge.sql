-- Whether target $2 has been told of the open whole that incident $1 is a part of; or, when $3, of an open part of it.
select exists (select from incident_merge m
                   join incident i on i.id = m.into_id and m.incident_id = $1::uuid
                       or $3::bool and i.id = m.incident_id and m.into_id = $1::uuid
               where i.closed is null and told_of(i.id, $2::int));
