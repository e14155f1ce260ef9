-- When the key $1 may try again, if that is later than $2.
select (extract(epoch from next) * 1000)::bigint from sign_in_tries
where key = $1 and next > to_timestamp($2::bigint / 1000.0);
