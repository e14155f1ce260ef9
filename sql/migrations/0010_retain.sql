-- 0010_retain.sql: what is removed, and when; run by the node that counts, hourly of the program's clock.
-- Reports and their messages go after 30 days, salts after 48 hours; bins and incidents stay.
create function retain(at timestamptz) returns void language plpgsql as $$
begin
    perform drop_old_report_days();
    perform make_report_day((extract(epoch from at)::bigint / 900 + 96)::int);  -- tomorrow's, ahead of its first report
    delete from reporter_salt where day <= (at at time zone 'UTC')::date - 2;
    delete from fold where epoch < (select epoch - 20000 from tally_state);
end $$;

revoke execute on function retain from public;
grant execute on function retain to outcry_serve;
