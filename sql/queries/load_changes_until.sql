-- How far the counter has come, and the oldest epoch whose touched bins are still known.
select epoch, extract(epoch from complete_until)::bigint, coalesce((select min(epoch) from fold), epoch + 1)
from tally_state;
