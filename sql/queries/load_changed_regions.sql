-- Problem reports by region of the bins that epochs after $1 touched, as they are now.
select detail.service_id, extract(epoch from detail.minute)::bigint, region, sum(detail.reports)
from (select distinct touched.service_id, touched.minute
      from fold, unnest(fold.services, fold.minutes) as touched (service_id, minute)
      where fold.epoch > $1::bigint) as touched
join bin_detail as detail using (service_id, minute)
where not works and region <> ''
group by 1, 2, 3;
