-- The password of a user, as it is kept.
update operator_user set password = $2 where id = $1;
