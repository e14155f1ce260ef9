-- 0099_catalogue_version_once.sql: one transaction raises the catalogue's version once, however many rows it changes.

-- Each further update would have to pass every version of the row that this transaction has left behind: an import of ten
-- thousand services took a minute.
create or replace function raise_catalogue_version() returns trigger language plpgsql as $$
begin
    update catalogue_version set version = version + 1 where xmin <> pg_current_xact_id()::xid;
    return null;
end $$;
