-- Nobody else changes the catalogue or settings before this transaction ends.
select version from catalogue_version for update;
