#!/usr/bin/python3
"""Real Downdetector charts (95 bins of a quarter-hour round the moment of its declaration), after four weeks of made-up
quiet: does `outcry detect` find them, and not later?

  downdetector.py build/release/outcry FOLDER

FOLDER holds the charts of the cloud uptime archive as JSON; they are not shipped with Outcry. All of them were picked by
Downdetector itself, so its own misses and false alarms cannot be seen here."""
import glob
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone

import numpy as np

DECLARED = 47  # index of the bin in which Downdetector declared
HISTORY = 28 * 96


def history(random, chart, start):
    """Negative-binomial noise with a day in it, at the level of the chart's quietest bins before the declaration."""
    quiet = np.sort(chart[:40])[:20].mean() * 1.4
    hours = np.array([((start - timedelta(minutes=15 * k)).hour - 5) % 24 for k in range(HISTORY, -40, -1)])
    day = np.exp(.6 * np.cos((hours - 14) * np.pi / 12))
    rate = max(.3, quiet) * day[:HISTORY] / day[HISTORY:].mean()
    return random.poisson(random.gamma(4, .25, HISTORY) * rate)


def alarms(outcry, counts, start, budget):
    rows = [f"{(start + timedelta(minutes=15 * i)).strftime('%Y-%m-%dT%H:%M:%SZ')},{n}" for i, n in enumerate(counts)]
    answer = subprocess.run([outcry, "detect"], input="ts,chart\n" + "\n".join(rows) + "\n", capture_output=True, text=True,
                            check=True, env=dict(os.environ, OUTCRY_FA_PER_YEAR=str(budget))).stdout
    at = lambda text: datetime.fromisoformat(text.replace("Z", "")) if text else datetime.max
    return [(at(line.split(",")[1]), at(line.split(",")[2])) for line in answer.splitlines()[1:]]


def main(outcry, folder):
    files = sorted(glob.glob(f"{folder}/*.json"))
    for name, budget in (("spike, a year's budget", 1.2), ("possible, a month's", 14.4)):
        found = not_later = already = 0
        for seed, file in enumerate(files):
            points = json.load(open(file))["counts"]
            chart = [point["y"] for point in points]
            first = datetime.fromisoformat(points[0]["x"]).astimezone(timezone.utc).replace(tzinfo=None, second=0)
            first = first.replace(minute=first.minute // 15 * 15)
            start = first - timedelta(minutes=15 * HISTORY)
            counts = np.concatenate([history(np.random.default_rng(seed), chart, first), chart])
            declared = first + timedelta(minutes=15 * (DECLARED + 1))
            near = [a for a in alarms(outcry, counts, start, budget)
                    if a[0] <= declared + timedelta(hours=2) and a[1] > declared - timedelta(hours=6)]
            found += bool(near)
            fresh = [raised for raised, _ in near if raised >= declared - timedelta(hours=6)]
            not_later += any(raised <= declared for raised in fresh)
            already += bool(near) and not fresh
        print(f"{name}: found {found} of {len(files)}, raised within the 6 h before its declaration {not_later} "
              f"({not_later / len(files):.0%}), raised still earlier and open {already}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
