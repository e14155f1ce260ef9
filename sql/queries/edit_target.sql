-- An empty secret leaves the one there is. Another address has asked for nothing yet.
update notification_target set name = $2, secret = case when $4 = '' then secret else $4 end,
    asked_until = case when address = $3 then asked_until end, address = $3
where id = $1::int and removed is null;
