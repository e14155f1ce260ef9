delete from message_count where hour < to_timestamp($1::bigint);
