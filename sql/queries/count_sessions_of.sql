-- In how many browsers a user is signed in.
select count(*) from operator_session where user_id = $1;
