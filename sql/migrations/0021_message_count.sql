-- 0021_message_count.sql: what people write, counted by signature, so that no page ever reads single messages.

-- Written by the counter alone, in the transaction that counts the reports. Kept for two days.
create table message_count (
    service_id int not null,
    hour       timestamptz not null,
    signature  text not null,        -- what alike messages share (analytics/signature)
    shown      text not null,        -- the same as it may be shown
    messages   int not null,
    last_seen  timestamptz not null, -- the minute
    voices     bigint[] not null,    -- hashes of the first five different networks: it is told only when there are as many
    primary key (service_id, hour, signature)
) with (fillfactor = 70);
create index message_count_largest on message_count (service_id, hour, messages desc);

grant select, insert, update, delete on message_count to outcry_serve;
