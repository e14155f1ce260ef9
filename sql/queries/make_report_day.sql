select make_report_day($1::int);
