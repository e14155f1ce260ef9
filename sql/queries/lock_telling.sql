-- Whether this transaction is the one that tells: two that did so at once would not see what the other is about to have told.
select pg_try_advisory_xact_lock(7306086967226594676);
