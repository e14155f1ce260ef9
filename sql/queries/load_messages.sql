-- What was written about service $1 from hour $2 on, the 50 most frequent signatures of each hour; voices joined by the unit
-- separator.
select largest.signature, (array_agg(largest.shown order by largest.hour))[1], sum(largest.messages), extract(epoch from max(largest.last_seen))::bigint,
       string_agg(array_to_string(largest.voices, E'\x1f'), E'\x1f')
from generate_series(to_timestamp($2::bigint), to_timestamp($3::bigint), interval '1 hour') as hours (at),
     lateral (select * from message_count where service_id = $1::int and hour = hours.at
              order by messages desc limit 50) as largest
group by largest.signature;
