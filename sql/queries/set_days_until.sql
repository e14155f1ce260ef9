-- Days before $1 are summed up, if the day before it was the next to be.
update bin_day_state set until = $1::int where coalesce(until, $1::int - 1) = $1::int - 1;
