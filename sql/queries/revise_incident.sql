-- The incident of service $1 that opened at $2 as it stands at $3; what is older than the last revision changes nothing,
-- and a closed one stays as it is.
update incident set closed = to_timestamp($4::bigint), revised = to_timestamp($3::bigint), peak = $5::int,
    peak_at = to_timestamp($6::bigint), total = $7::bigint, region = $8, ending = case
        when $4::bigint is null then null
        when exists (select from incident_closing by_hand
                     where by_hand.incident_id = incident.id and since = to_timestamp($4::bigint)) then 'operator'
        else 'calm' end
where service_id = $1::int and opened = to_timestamp($2::bigint) and revised < to_timestamp($3::bigint) and closed is null;
