-- Statements said in [$2, $3) that were known when incident $1 closed, oldest first.
select external_id, (extract(epoch from at) * 1000)::bigint, status, title, body, address, by_whom
from incident_statement join official_statement using (service_id, external_id)
where incident_id = $1::uuid and at >= to_timestamp($2::bigint / 1000.0) and at < to_timestamp($3::bigint / 1000.0)
order by at, external_id
limit 200;
