-- How the database stands: the minute up to which all is counted, whether reports wait, its size in bytes.
select extract(epoch from complete_until)::bigint, exists (select from journal),
       pg_database_size(current_database())
from tally_state;
