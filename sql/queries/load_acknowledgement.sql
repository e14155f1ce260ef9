select by_whom, note, (extract(epoch from at) * 1000)::bigint from incident_acknowledgement where incident_id = $1::uuid;
