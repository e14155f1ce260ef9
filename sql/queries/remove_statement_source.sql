delete from statement_source where service_id = $1;
