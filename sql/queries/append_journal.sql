insert into journal (node, body) values ($1::int, $2::bytea);
