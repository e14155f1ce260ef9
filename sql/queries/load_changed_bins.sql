-- The bins that epochs after $1 touched, as they are now.
select bin.service_id, extract(epoch from bin.minute)::bigint, bin.reports, bin.works, bin.repeated, bin.limited
from (select distinct touched.service_id, touched.minute
      from fold, unnest(fold.services, fold.minutes) as touched (service_id, minute)
      where fold.epoch > $1::bigint) as touched
join bin using (service_id, minute);
