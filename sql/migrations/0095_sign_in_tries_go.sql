-- 0095_sign_in_tries_go.sql: tries to sign in go hourly like all that is old, whether somebody else tries or not.
create or replace function retain(at timestamptz) returns void language plpgsql as $$
begin
    perform drop_old_report_days();
    perform make_report_day((extract(epoch from at)::bigint / 900 + 96)::int);  -- tomorrow's, ahead of its first report
    delete from reporter_salt where day <= (at at time zone 'UTC')::date - 2;
    delete from fold where epoch < (select epoch - 20000 from tally_state);
    delete from sign_in_tries where last < at - interval '1 hour';  -- they count for nothing
end $$;
