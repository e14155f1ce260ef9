-- 0032_token_scopes.sql: tokens may have any scope that the program knows; it, and no migration, says which there are.
alter table operator_token drop constraint operator_token_scopes_check;
alter table operator_token add constraint operator_token_scopes_check
    check (cardinality(scopes) > 0 and array_to_string(scopes, ' ') ~ '^[a-z]+(:[a-z]+)?( [a-z]+(:[a-z]+)?)*$');
