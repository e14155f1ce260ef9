-- Nobody else changes service $1 or its settings before this transaction ends.
select id from service where id = $1::int for update;
