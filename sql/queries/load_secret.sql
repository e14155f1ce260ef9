select value from installation_secret where name = $1;
