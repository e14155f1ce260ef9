-- A browser has signed out.
delete from operator_session where hash = $1;
