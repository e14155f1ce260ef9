-- What was tried under the key $1 counts for the key $2 from now on, beside what $2 has.
with former as (
    delete from sign_in_tries where key = $1 returning tries, last, next
)
insert into sign_in_tries (key, tries, last, next)
select $2, tries, last, next from former
on conflict (key) do update set tries = sign_in_tries.tries + excluded.tries,
    last = greatest(sign_in_tries.last, excluded.last), next = greatest(sign_in_tries.next, excluded.next);
