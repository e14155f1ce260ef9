-- Removes and returns the first rows, at most $2 of them, until they hold $1 bytes; at least one. Nobody else takes at
-- the same time: the caller holds the lock on tally_state.
with first as (
    select ctid as place, sum(octet_length(body)) over (rows unbounded preceding) - octet_length(body) as before
    from (select ctid, body from journal limit $2::bigint) as head
)
delete from journal where ctid = any (array(select place from first where before < $1::bigint))
returning body;
