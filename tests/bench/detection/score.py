"""How good a list of alarms is: outages found, how fast, and false alarms a month."""
import csv
from collections import defaultdict
from datetime import datetime, timezone

import numpy as np

SAME = 30  # alarms of one service so many minutes apart are one
LATE = 30  # an outage that has ended may still be found this long
ECHO = 360  # alarms this long after an outage are its echo: neither found nor false
MONTH = 43830


def read_alarms(path, suite):
    """{service: [(raised, closed)]} in minutes after the suite's start, regions under their service."""
    minute = lambda text: (datetime.fromisoformat(text.replace("Z", "+00:00")) - suite.start).total_seconds() / 60
    alarms = defaultdict(list)
    for row in csv.DictReader(open(path)):
        closed = minute(row["end"]) if row["end"] else suite.minutes
        alarms[row["series"].split("@")[0]].append((minute(row["start"]), closed))
    return {service: sorted(list_) for service, list_ in alarms.items()}


def merge(alarms):
    merged = []
    for raised, closed in alarms:
        if merged and raised <= merged[-1]["closed"] + SAME:
            merged[-1]["closed"] = max(closed, merged[-1]["closed"])
            merged[-1]["raised"].append(raised)
        else:
            merged.append(dict(raised=[raised], closed=closed))
    return merged


def score(suite, alarms):
    delays, false = [], 0
    by_service = defaultdict(lambda: ([], []))
    for outage in suite.outages:
        by_service[outage["service"]][0].append(outage)
    for span in suite.harmless:
        by_service[span["service"]][1].append(span)
    services = {name.split("@")[0] for name in suite.names}
    for service in services:
        outages, harmless = by_service[service]
        mine = alarms.get(service, [])
        for outage in outages:
            found = [r for r, _ in mine if max(outage["onset"], suite.judged_from) < r <= outage["end"] + LATE]
            delays.append((outage, found[0] - outage["onset"] if found else np.inf))
        for alarm in merge([a for a in mine if a[0] >= suite.judged_from]):
            first = alarm["raised"][0]
            real = any(o["onset"] < r <= o["end"] + LATE for o in outages for r in alarm["raised"])
            echo = any(o["onset"] < first <= o["end"] + ECHO for o in outages)
            excused = any(s["onset"] <= first <= s["end"] + (0 if s.get("closed") else ECHO) for s in harmless)
            false += not (real or echo or excused)
    judged = len(services) * (suite.minutes - suite.judged_from) - sum(
        s["end"] - s["onset"] for s in suite.harmless if s.get("unjudged"))
    result = dict(months=judged / MONTH, false=false, false_a_month=false * MONTH / judged, outages=len(delays))
    if delays:
        all_delays = np.array([d for _, d in delays])
        rare = np.array([d for o, d in delays if o["mean"] < 1 / 60])
        result.update(recall=np.isfinite(all_delays).mean(), median=np.median(all_delays[np.isfinite(all_delays)]),
                      within_15=(all_delays <= 15).mean(), recall_rare=np.isfinite(rare).mean() if len(rare) else None)
    return result
