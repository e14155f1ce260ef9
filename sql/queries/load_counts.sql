-- Reports of service $1 by minute, counted from $2 until before $3; minutes without any are left out.
select (date_part('epoch', minute) - $2::bigint)::int / 60, reports
from bin
where service_id = $1::int and minute >= to_timestamp($2::bigint) and minute < to_timestamp($3::bigint) and reports > 0;
