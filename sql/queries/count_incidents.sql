select count(*) from incident;
