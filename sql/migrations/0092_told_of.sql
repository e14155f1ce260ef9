-- 0092_told_of.sql: who has been told of an incident, in one place; and what waits since the same outage is told otherwise.

-- It has arrived, or is on its way: neither what is held back nor what failed has told anybody anything.
create function told_of(incident uuid, target int) returns boolean language sql stable as $$
    select exists (select from delivery d where d.incident_id = $1 and d.target_id = $2
                       and (d.state = 'delivered' or d.state = 'waiting' and d.held_by = ''));
$$;
revoke execute on function told_of from public;
grant execute on function told_of to outcry_serve;

-- 'merge': the target hears of the whole, or of a part, which is open.
alter table delivery drop constraint delivery_held_by_check, add constraint delivery_held_by_check
    check (held_by in ('', 'maintenance', 'silence', 'quiet hours', 'merge'));
