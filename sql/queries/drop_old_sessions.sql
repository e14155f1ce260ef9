-- Sessions that nobody can use any more.
delete from operator_session
where seen < to_timestamp($1::bigint / 1000.0) or made < to_timestamp($2::bigint / 1000.0);
