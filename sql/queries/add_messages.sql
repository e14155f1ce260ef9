-- Adds to what was counted, one array for each column; voices joined by spaces.
insert into message_count (service_id, hour, signature, shown, messages, last_seen, voices)
select service_id, to_timestamp(hour), signature, shown, messages, to_timestamp(last_seen), string_to_array(voices, ' ')::bigint[]
from unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::text[])
    as given (service_id, hour, signature, shown, messages, last_seen, voices)
on conflict (service_id, hour, signature) do update set
    messages = message_count.messages + excluded.messages,
    last_seen = greatest(message_count.last_seen, excluded.last_seen),
    voices = case when cardinality(message_count.voices) >= 5 then message_count.voices
             else array(select distinct voice from unnest(message_count.voices || excluded.voices) as voice limit 5) end;
