insert into schema_migration (number, name, checksum) values ($1::int, $2, $3);
