-- Whether this transaction is the one that tells: two that did so at once would not see what the other is about to have told. A
-- node that hangs in it, or is cut off, keeps the others waiting for half a minute.
select pg_try_advisory_xact_lock(7306086967226594676), set_config('idle_in_transaction_session_timeout', '30s', true);
