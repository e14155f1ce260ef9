-- What the peer writes into: a row for each report and, when asked, the minute's total.
create table peer_report (
    id uuid primary key,
    service text not null,
    at timestamptz not null,
    reporter bytea not null,
    category text,
    region text,
    message text,
    works boolean not null
);
create table peer_bin (service text, minute timestamptz, reports int not null, primary key (service, minute));
