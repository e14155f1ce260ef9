#!/usr/bin/env python3
"""How long a start takes with 33,000 services and 60 days behind them: with nothing saved, and with what the first stop saved.

Twelve reports a second in all, busy services and quiet ones as Zipf has them; 60 days as summaries, 48 hours as minutes with
regions. Services of one of 24 rates share their counts, so that the tables fill quickly. The first start fails above 10 s of
time, or 1 GiB of memory; on a machine that does other work look at the CPU time beside it.
"""
import argparse
import math
import os
import sys
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "support"))
from processes import PrivatePostgres, Program, cpu_seconds, end, refuse_busy_port, wait_for_http  # noqa: E402

CLASSES, A_MINUTE = 24, 12 * 60

SERVICES = """
insert into service (slug, name, zone, created)
select 's-' || i, 'Service ' || i, (array['Europe/Berlin', 'America/New_York', 'Asia/Tokyo'])[1 + i % 3], now() - interval '60 days'
from generate_series(1, {services}) as i;
insert into detector_settings (service_id, version, since, false_alarms_per_year, least_reports, hold_minutes, clear_minutes, made)
select id, 1, created, 1.2, 5, 0, 30, created from service;
create table rate_of as select id, least({classes} - 1, floor(ln(id) / ln({services} + 1.0) * {classes}))::int as class from service"""

MINUTES = """
select setseed(0.5);
insert into bin (service_id, minute, reports)
select id, date_trunc('minute', now()) - interval '2 minutes' - place * interval '1 minute', reports
from pattern_minute join rate_of using (class) order by place desc, id;
insert into bin_hour (service_id, hour, reports, works)
select service_id, date_trunc('hour', minute), sum(reports), 0 from bin group by 1, 2;
insert into bin_detail (service_id, minute, works, category_id, region, reports)
select service_id, minute, false, 0, 'US-' || floor(10 + 50 ^ random() - 1), reports from bin order by minute;
insert into bin_day (service_id, day, quarters)
select id, (extract(epoch from now()) / 86400)::int - 1 - ago, decode(quarters, 'hex')
from pattern_day join rate_of using (class) where quarters <> '' order by ago desc, id;
update bin_day_state set until = floor(extract(epoch from now()) / 86400);
vacuum analyze"""


def packed(day):
    """As analytics/history.hpp packs a day."""
    numbers, empty = [], 0
    for reports in day:
        if reports:
            numbers += [empty, int(reports)]
            empty = 0
        else:
            empty += 1
    text = bytearray()
    for number in numbers:
        while number >= 0x80:
            text.append(number & 0x7f | 0x80)
            number >>= 7
        text.append(number)
    return text.hex()


def fill(postgres, services):
    chance = np.random.default_rng(1)
    harmonic = sum(1 / i for i in range(1, services + 1))
    rates = [A_MINUTE / harmonic / math.exp((c + .5) / CLASSES * math.log(services + 1)) for c in range(CLASSES)]
    shape = 1 + .8 * np.sin(np.arange(1440) / 1440 * 2 * np.pi)
    days, minutes = [], []
    for c, rate in enumerate(rates):
        for ago in range(60):
            counts = chance.poisson(rate * shape).reshape(96, 15).sum(1)
            days.append(f"({c}, {ago}, '{packed(counts)}')")
        counts = chance.poisson(np.tile(rate * shape, 2))
        minutes += [f"({c}, {place}, {count})" for place, count in enumerate(counts) if count]
    postgres.ask("outcry", SERVICES.format(services=services, classes=CLASSES))
    postgres.ask("outcry", "create table pattern_day (class int, ago int, quarters text);"
                           "create table pattern_minute (class int, place int, reports int)")
    for name, rows in (("pattern_day", days), ("pattern_minute", minutes)):
        for first in range(0, len(rows), 100):
            postgres.ask("outcry", f"insert into {name} values {','.join(rows[first:first + 100])}")
    for statement in MINUTES.split(";\n"):
        postgres.ask("outcry", statement)


def memory(pid, what):
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith(what))
    return int(line.split()[1]) / 1024


def start(outcry, options, postgres, name):
    before, began = postgres.cpu_seconds(), time.monotonic()
    process = outcry.start("serve", log=sys.stderr)
    try:
        wait_for_http(f"http://127.0.0.1:{options.port}/readyz", deadline=300)
        seconds = time.monotonic() - began
        own, theirs = cpu_seconds(process.pid), postgres.cpu_seconds() - before
        held, most = memory(process.pid, "VmRSS"), memory(process.pid, "VmHWM")
        print(f"{name:<16} ready after {seconds:5.1f} s; CPU {own:5.1f} s + PostgreSQL {theirs:5.1f} s;"
              f" {held:.0f} MiB held, {most:.0f} MiB at most; load {os.getloadavg()[0]:.1f}", flush=True)
        began = time.monotonic()
    finally:
        end(process, grace=120)
    print(f"{'':<16} stopped, with everything learned saved, after {time.monotonic() - began:.1f} s", flush=True)
    return seconds, held


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("outcry", help="the executable, such as build/release/outcry")
    options.add_argument("--services", type=int, default=33000)
    options.add_argument("--port", type=int, default=18710)
    options = options.parse_args()
    refuse_busy_port(options.port)
    with PrivatePostgres(databases=["outcry"]) as postgres:
        outcry = Program(options.outcry, {"OUTCRY_DATABASE": postgres.dsn("outcry"), "OUTCRY_LISTEN": f"127.0.0.1:{options.port}",
                                          "OUTCRY_LOG_LEVEL": "warn", "OUTCRY_STARTER_CATALOGUE": "false",
                                          "OUTCRY_STATE_DIR": str(postgres.folder / "state")})
        outcry.run("migrate")
        fill(postgres, options.services)
        rows = postgres.ask("outcry", "select (select count(*) from bin), (select count(*) from bin_detail), (select count(*) from bin_day)")
        print("{} services; {} minutes, {} by region, {} days".format(options.services, *rows.split("|")), flush=True)
        seconds, held = start(outcry, options, postgres, "nothing saved")
        start(outcry, options, postgres, "saved")
    if seconds > 10 or held > 1024:
        sys.exit("above 10 s or 1 GiB")


if __name__ == "__main__":
    main()
