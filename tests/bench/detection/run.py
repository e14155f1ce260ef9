#!/usr/bin/python3
"""Measures `outcry detect` on made-up services, and on real series when their folder is given.

  run.py build/release/outcry --seeds 2105,2106,2107 [--real FOLDER] [--small]

FOLDER is a copy of Numenta's benchmark with realTweets/ and labels/. The one setting is OUTCRY_FA_PER_YEAR."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np

import suites
from score import read_alarms, score

SYNTHETIC = ["null", "shapes", "contam", "popstep", "cold", "season", "region"]
SMALL = dict(null=22, shapes=22, contam=11, popstep=11, cold=22, season=11, region=3, real=4)


def detect(outcry, suite, path, budget, zone):
    """Alarms, seconds, and whether the first 60 % of the rows give the same alarms as far as they go."""
    environment = dict(os.environ, OUTCRY_FA_PER_YEAR=str(budget))
    environment.pop("OUTCRY_TZ_SHIFT_AT", None)
    if zone:
        environment["OUTCRY_TZ_SHIFT_AT"] = "2026-03-08T07:00:00Z"
    raised = []
    rows = open(path).readlines()
    kept = 1 + int(.6 * (len(rows) - 1))
    for part, text in (("whole", rows), ("part", rows[:kept])):
        start = time.monotonic()
        with open(f"{path}.{part}.alarms", "w") as out:
            subprocess.run([outcry, "detect"], input="".join(text), stdout=out, env=environment, check=True, text=True)
        seconds = time.monotonic() - start if part == "whole" else seconds
        alarms = read_alarms(f"{path}.{part}.alarms", suite)
        raised.append({(s, r) for s, list_ in alarms.items() for r, _ in list_ if r <= (kept - 1) * suite.bin})
    return read_alarms(f"{path}.whole.alarms", suite), seconds, raised[0] == raised[1]


def measure(outcry, name, seed, budget, number=None, zone=False, folder=None):
    random = np.random.default_rng([seed, *map(ord, name)])
    suite = suites.real(random, number, folder) if name == "real" else getattr(suites, name)(random, number)
    with tempfile.TemporaryDirectory() as work:
        path = f"{work}/{name}.csv"
        suites.write(suite, path)
        alarms, seconds, causal = detect(outcry, suite, path, budget, zone)
        return dict(score(suite, alarms), causal=causal, seconds=seconds, cells=suite.minutes // suite.bin * len(suite.names))


def summary(results):
    """Several seeds as one row."""
    row = {key: float(np.mean([r[key] for r in results])) for key in results[0] if key not in ("recall_rare", "causal")
           and results[0][key] is not None}
    row["months"] = sum(r["months"] for r in results)
    row["false_a_month"] = sum(r["false"] for r in results) / row["months"]
    row["causal"] = all(r["causal"] for r in results)
    rare = [r["recall_rare"] for r in results if r.get("recall_rare") is not None]
    return dict(row, recall_rare=float(np.mean(rare)) if rare else None)


def print_row(name, row):
    number = lambda key, form: format(row[key], form) if row.get(key) is not None else "-"
    print(f"{name:18} {number('recall', '.3f'):>7} {number('median', '.1f'):>7} {number('within_15', '.3f'):>7} "
          f"{number('recall_rare', '.3f'):>7} {row['false_a_month']:9.3f} {row['months']:8.0f} "
          f"{row['seconds'] / row['cells'] * 1e6:9.2f} {'yes' if row['causal'] else 'NO':>6}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outcry")
    parser.add_argument("--seeds", default="2105,2106,2107")
    parser.add_argument("--budget", type=float, default=1.2, help="false alarms a year and service")
    parser.add_argument("--real", metavar="FOLDER")
    parser.add_argument("--small", action="store_true", help="a third of the services, one seed: a minute")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")][: 1 if options.small else None]
    rows = {}
    print(f"{'suite':18} {'recall':>7} {'median':>7} {'<=15min':>7} {'<1/h':>7} {'FA/month':>9} {'months':>8} {'s/10^6':>9} causal")
    runs = [(name, {}) for name in SYNTHETIC] + [("season", dict(zone=True))]
    runs += [("real", dict(folder=options.real))] if options.real else []
    for name, extra in runs:
        label = name + (", zone known" if extra.get("zone") else ", zone unknown" if name == "season" else "")
        number = SMALL[name] if options.small else None
        rows[label] = summary([measure(options.outcry, name, seed, options.budget, number, **extra) for seed in seeds])
        print_row(label, rows[label])
    if options.json:
        json.dump(rows, open(options.json, "w"), indent=1)
    return 0 if all(row["causal"] for row in rows.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
