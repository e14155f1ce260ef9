-- One node migrates at a time; the number means nothing but "Outcry's migrations".
select pg_advisory_xact_lock(7306086967226594674);
