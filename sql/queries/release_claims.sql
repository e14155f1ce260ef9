-- What node $1 was sending when it ended.
update delivery set claimed_until = null, claimed_by = null where claimed_by = $1::int and state = 'waiting';
