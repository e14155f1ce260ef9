insert into fold (epoch, services, minutes)
select $1::bigint, $2::int[], coalesce((select array_agg(to_timestamp(minute) order by place)
                                        from unnest($3::bigint[]) with ordinality as given (minute, place)), '{}');
