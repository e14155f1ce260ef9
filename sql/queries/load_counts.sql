-- Reports of service $1 by minute, counted from $2 until before $3; minutes without any are left out. Compared as rows, because only
-- the primary key can be asked that way: a plan made without the values takes the index of minutes, and reads all services.
select (date_part('epoch', minute) - $2::bigint)::int / 60, reports
from bin
where (service_id, minute) >= ($1::int, to_timestamp($2::bigint)) and (service_id, minute) < ($1::int, to_timestamp($3::bigint))
    and reports > 0;
