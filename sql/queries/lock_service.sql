-- Nobody else changes service $1, its settings or its windows before this transaction ends.
select id from service where id = $1::int for update;
