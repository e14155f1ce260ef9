-- How messages go out: settled since $1, failed among them, targets that fail, and since when the oldest message that is due at $2 and that
-- nothing holds back has been due. A target that fails keeps its later messages waiting; they are not overdue.
select count(*), count(*) filter (where state = 'failed'),
       (select count(*) from notification_target where failures > 0 and off_since is null),
       (select (extract(epoch from min(d.due)) * 1000)::bigint
        from delivery d join notification_target t on t.id = d.target_id
        where d.state = 'waiting' and d.held_by = '' and d.due <= to_timestamp($2::bigint / 1000.0)
            and t.failures = 0 and t.off_since is null)
from delivery where settled >= to_timestamp($1::bigint / 1000.0);
