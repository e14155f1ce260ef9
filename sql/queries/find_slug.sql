-- Of service $1, archived or not.
select slug from service where id = $1::int;
