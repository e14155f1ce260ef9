-- How many users there are, and how many admins who can sign in.
select count(*), count(*) filter (where role = 'admin' and disabled is null) from operator_user;
