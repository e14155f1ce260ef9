-- Before which day all days are summed up (null: none yet), and the day of the first bin.
select until, (select floor(extract(epoch from min(minute)) / 86400)::int from bin) from bin_day_state;
