-- Nobody else may change users until this transaction has ended: one admin must always be left.
select id from operator_user order by id for update;
