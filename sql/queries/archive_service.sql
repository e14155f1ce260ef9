update service set archived = to_timestamp($2::bigint / 1000.0) where slug = $1 and archived is null;
