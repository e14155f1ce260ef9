-- A silence or window has changed: whatever is held back is looked at anew.
update delivery set due = to_timestamp($1::bigint / 1000.0)
where state = 'waiting' and held_by <> '' and due > to_timestamp($1::bigint / 1000.0);
