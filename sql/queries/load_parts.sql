-- The incidents that are told as parts of any of $1, in the order they opened.
select * from incident_record where into_id = any($1::uuid[]) order by opened, id;
