-- Nobody archives service $1 until this transaction ends; no row when that has been done.
select from service where id = $1::int and archived is null for share;
