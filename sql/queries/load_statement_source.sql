-- Where the statements of service $1 are read.
select service_id, address, etag, last_modified, (extract(epoch from next_poll) * 1000)::bigint,
       (extract(epoch from answered) * 1000)::bigint, failures, trouble
from statement_source where service_id = $1;
