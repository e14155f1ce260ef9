select number, (extract(epoch from at) * 1000)::bigint, took_ms, request, status, answer, cut, trouble, detail
from delivery_attempt where delivery_id = $1::bigint order by number;
