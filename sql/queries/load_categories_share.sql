-- Problem reports of service $1 from $2 until before $3, by the category they named.
select coalesce(category.key, ''), sum(detail.reports)
from bin_detail as detail left join category on category.id = detail.category_id
where detail.service_id = $1::int and detail.minute >= to_timestamp($2::bigint)
    and detail.minute < to_timestamp($3::bigint) and not detail.works
group by 1 having sum(detail.reports) > 0
order by 2 desc, 1;
