-- How far the counter has come, and whether anything waits for it.
select epoch, extract(epoch from complete_until)::bigint, exists (select from journal) from tally_state;
