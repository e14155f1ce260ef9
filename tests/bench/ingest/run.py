#!/usr/bin/env python3
"""Durable reports a second: Outcry against Fastify + pg with one row a request, interleaved in one run.

Both write to the same private PostgreSQL (fsync and synchronous commit on), both answer after the commit, wrk drives both
with the same requests. The run fails unless everything acknowledged is stored.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "support"))
from processes import PrivatePostgres, Program, refuse_busy_port, cpu_seconds, wait_for_http  # noqa: E402

SLUG = "bench"


class Candidate:
    """One program under load: how it is started, and where its rows are counted."""

    def __init__(self, name, port, start, stored):
        self.name, self.port, self.start, self.stored = name, port, start, stored
        self.rates, self.p99, self.micros = [], [], []


def drive(candidate, connections, seconds, round_number):
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(HERE / "rotate.lua"),
               f"http://127.0.0.1:{candidate.port}/api/v1/services/{SLUG}/reports", "--", str(round_number)]
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 60).stdout
    found = re.search(r"RESULT (.*)", output)
    return {key: int(value) for key, value in (pair.split("=") for pair in found.group(1).split())}


def settled(count, least, deadline=60):
    """The number of stored rows once it stands still and is at least `least`; counting may lag behind the answers."""
    end, last = time.monotonic() + deadline, -1
    while time.monotonic() < end:
        now = count()
        if now == last and now >= least:
            return now
        last = now
        time.sleep(1)
    return last


def one_round(candidate, postgres, options, number):
    refuse_busy_port(candidate.port)
    before = candidate.stored()
    with candidate.start() as program:
        wait_for_http(f"http://127.0.0.1:{candidate.port}/healthz")
        cpu_before = cpu_seconds(program.pid) + postgres.cpu_seconds()
        result = drive(candidate, options.connections, options.seconds, number)
        acknowledged = result["acknowledged"]
        stored = settled(candidate.stored, before + acknowledged) - before
        cpu = cpu_seconds(program.pid) + postgres.cpu_seconds() - cpu_before
    # What was on its way when wrk stopped is stored and was never answered: at most one for each connection.
    if not acknowledged <= stored <= acknowledged + options.connections or result["refused"]:
        sys.exit(f"{candidate.name}: {acknowledged} acknowledged, {stored} stored, {result['refused']} refused")
    candidate.rates.append(acknowledged / (result["micros"] / 1e6))
    candidate.p99.append(result["p99"] / 1000)
    candidate.micros.append(cpu * 1e6 / max(acknowledged, 1))
    print(f"  round {number}  {candidate.name:28} {candidate.rates[-1]:9.0f}/s  p99 {candidate.p99[-1]:7.1f} ms"
          f"  {candidate.micros[-1]:6.1f} µs CPU  {acknowledged} acknowledged, {stored} stored", file=sys.stderr)


def parse_options():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("outcry", help="the executable, such as build/release/outcry")
    options.add_argument("--connections", type=int, default=256)
    options.add_argument("--seconds", type=int, default=6)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--port", type=int, default=18570)
    options.add_argument("--json", action="store_true")
    return options.parse_args()


def main():
    options = parse_options()
    if not (HERE / "node_modules").exists():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, check=True)
    with PrivatePostgres(databases=["outcry", "peer"]) as postgres:
        settings = {"OUTCRY_DATABASE": postgres.dsn("outcry"), "OUTCRY_LISTEN": f"127.0.0.1:{options.port}",
                    "OUTCRY_LOG_LEVEL": "warn", "OUTCRY_STARTER_CATALOGUE": "false"}
        outcry = Program(options.outcry, settings)
        outcry.run("migrate")
        outcry.run("service", "add", SLUG, "--name", "Bench", "--category", "sending-or-receiving=Sending or receiving")
        postgres.ask("peer", (HERE / "peer.sql").read_text())
        peer = Program("node", {})

        def start_peer(port, *mode):
            return lambda: peer.running(str(HERE / "peer.mjs"), str(port), postgres.url("peer"), *mode)

        def count(database, table):
            return lambda: int(postgres.ask(database, f"select count(*) from {table}"))

        port = options.port
        candidates = [
            Candidate("Outcry", port, lambda: outcry.running("serve"), count("outcry", "report")),
            Candidate("Fastify + pg", port + 1, start_peer(port + 1), count("peer", "peer_report")),
            Candidate("Fastify + pg, with minute bin", port + 2, start_peer(port + 2, "bins"), count("peer", "peer_report")),
        ]
        print(f"{options.connections} connections, {options.rounds} rounds of {options.seconds} s, load before:"
              f" {os.getloadavg()[0]:.1f}", file=sys.stderr)
        for number in range(1, options.rounds + 1):
            for candidate in candidates:
                one_round(candidate, postgres, options, number)
    report(candidates, options)


def report(candidates, options):
    rows = [{"name": c.name, "reports_per_second": round(statistics.median(c.rates)),
             "p99_ms": round(statistics.median(c.p99), 1), "cpu_us_per_report": round(statistics.median(c.micros), 1),
             "outcry_is_faster_by": round(statistics.median(o / r for o, r in zip(candidates[0].rates, c.rates)), 1)}
            for c in candidates]
    if options.json:
        print(json.dumps(rows))
        return
    print(f"{'medians':30}{'reports/s':>10}{'p99 ms':>9}{'µs CPU':>9}{'ratio':>8}")
    for row in rows:
        print(f"{row['name']:30}{row['reports_per_second']:10}{row['p99_ms']:9}{row['cpu_us_per_report']:9}"
              f"{row['outcry_is_faster_by']:7}×")


if __name__ == "__main__":
    main()
