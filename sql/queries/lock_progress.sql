-- The fence: whoever counts holds this row, and knows from the epoch whether anyone else has counted since.
select epoch, extract(epoch from complete_until)::bigint, true from tally_state for update;
