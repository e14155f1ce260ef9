-- What people had named as their problem when incident $1 closed, most often first.
select label, reports from incident_problem where incident_id = $1::uuid order by reports desc, key;
