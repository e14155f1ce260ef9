select count(*) from detector_settings where service_id = $1::int;
