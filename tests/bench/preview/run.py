#!/usr/bin/env python3
"""How long the preview of a draft takes: one service with reports in every minute of 90 days, 30 of them judged twice.

Each request asks for other settings, as when a value is dragged. The run fails above 300 ms at the 95th percentile.
"""
import argparse
import json
import os
import random
import statistics
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "support"))
from processes import PrivatePostgres, Program, cpu_seconds, refuse_busy_port, wait_for_http  # noqa: E402

LIMIT_MS = 300

# A day and a night of reports, four a minute on average, and an outage every fifth day; the services' bins lie in the
# table as they came, minute by minute.
HISTORY = """
select setseed(0.5);
update service set created = now() - interval '90 days';
update detector_settings set since = now() - interval '90 days';
insert into bin (service_id, minute, reports)
select id, at, 1 + (random() * 4 * (1 + sin(extract(epoch from at) / 86400 * 2 * pi())))::int
       + case when extract(epoch from at)::bigint / 60 % 7200 between 600 and 660 then 20 else 0 end
from generate_series(date_trunc('minute', now()) - interval '90 days', now() - interval '3 minutes', '1 minute') as at, service
order by at"""


def any_settings(chance):
    return {"false_alarms_per_year": round(0.05 * 2 ** chance.uniform(0, 12), 3), "least_reports": chance.randint(1, 200),
            "hold": chance.randint(0, 10), "clear": chance.randint(1, 120)}


def preview(options, token, params):
    request = urllib.request.Request(
        f"http://127.0.0.1:{options.port}/api/v1/admin/services/bench/detector/preview",
        json.dumps({"params": params, "window": options.window}).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
    start = time.perf_counter()
    with urllib.request.urlopen(request, timeout=30) as answer:
        body = answer.read()
    return (time.perf_counter() - start) * 1000, json.loads(body)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("outcry", help="the executable, such as build/release/outcry")
    options.add_argument("--requests", type=int, default=200)
    options.add_argument("--services", type=int, default=1, help="so many share the table of bins")
    options.add_argument("--window", default="30d")
    options.add_argument("--port", type=int, default=18700)
    options = options.parse_args()
    refuse_busy_port(options.port)
    with PrivatePostgres(databases=["outcry"]) as postgres:
        outcry = Program(options.outcry, {"OUTCRY_DATABASE": postgres.dsn("outcry"), "OUTCRY_LISTEN": f"127.0.0.1:{options.port}",
                                          "OUTCRY_LOG_LEVEL": "warn", "OUTCRY_STARTER_CATALOGUE": "false"})
        outcry.run("migrate")
        for slug in ["bench"] + [f"other-{number}" for number in range(1, options.services)]:
            outcry.run("service", "add", slug, "--name", slug, "--zone", "Europe/Berlin")
        token = outcry.run("token", "create", "bench", "--scope", "detector:preview").strip()
        postgres.ask("outcry", HISTORY)
        postgres.ask("outcry", "vacuum analyze bin")
        with outcry.running("serve") as program:
            wait_for_http(f"http://127.0.0.1:{options.port}/readyz", deadline=120)
            chance = random.Random(1)
            _, first = preview(options, token, {})
            before = cpu_seconds(program.pid) + postgres.cpu_seconds()
            times = sorted(preview(options, token, any_settings(chance))[0] for _ in range(options.requests))
            cpu = (cpu_seconds(program.pid) + postgres.cpu_seconds() - before) / len(times) * 1000
    p95 = times[int(len(times) * 0.95)]
    print(f"{options.window}, {first['summary']['saved']} alerts saved, {len(times)} previews:"
          f" median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, most {times[-1]:.0f} ms;"
          f" {cpu:.0f} ms of CPU each, load {os.getloadavg()[0]:.1f}")
    if p95 > LIMIT_MS:
        sys.exit(f"above {LIMIT_MS} ms")


if __name__ == "__main__":
    main()
