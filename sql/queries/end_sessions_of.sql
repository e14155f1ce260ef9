-- Every browser of this user has signed out.
delete from operator_session where user_id = $1;
