-- An empty secret leaves the one there is.
update notification_target set name = $2, address = $3, secret = case when $4 = '' then secret else $4 end
where id = $1::int and removed is null;
