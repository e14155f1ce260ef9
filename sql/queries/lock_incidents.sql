-- Nobody else merges, changes or closes incidents $1 and $2 before this transaction ends. In the order of their ids, so that
-- two who lock the same ones wait for one another.
select id from incident where id in ($1::uuid, $2::uuid) order by id for no key update;
