-- Days from $1 on have to be summed up again.
update bin_day_state set until = $1::int where until > $1::int;
