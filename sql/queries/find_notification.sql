select id from notification where incident_id = $1::uuid and kind = $2 and at = to_timestamp($3::bigint / 1000.0);
