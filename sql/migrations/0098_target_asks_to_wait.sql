-- 0098_target_asks_to_wait.sql: a receiver that has too much says until when it wants to be left alone.
alter table notification_target
    add column asked_until timestamptz;  -- by its last answer, at most a day ahead; null: it has not asked
grant update (asked_until) on notification_target to outcry_serve;
