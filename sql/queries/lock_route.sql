-- Nobody else changes route $1 before this transaction ends.
select id from notification_route where id = $1::int for update;
