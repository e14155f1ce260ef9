"""The suites of the detection benchmark. Each gives columns of counts, the outages in them, and where judging begins."""
import csv
import json
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import numpy as np

from services import DAY, RATES, SHAPES, STRENGTHS, Service

MONDAY = datetime(2026, 2, 2, tzinfo=timezone.utc)
SHIFT_AT = 34 * DAY + 7 * 60  # minutes after MONDAY: 8 March 2026, 7:00
HALF, ALL = 28 * DAY, 56 * DAY  # four weeks to learn, four weeks to judge


@dataclass
class Suite:
    names: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    outages: list = field(default_factory=list)  # dicts: service, onset, end (minutes), shape, strength, mean
    harmless: list = field(default_factory=list)  # spans in which an alarm is not held against a detector
    judged_from: int = HALF
    minutes: int = ALL
    bin: int = 1
    start: datetime = MONDAY

    def add(self, name, service, counted=True):
        self.names.append(name)
        self.columns.append(service.counts())
        for outage in service.outages:
            target = self.outages if outage["onset"] >= self.judged_from and counted else self.harmless
            target.append(dict(outage, service=name.split("@")[0]))


def null(random, number):
    suite = Suite()
    for i in range(number or 220):
        suite.add(f"s{i}", Service(random, ALL, RATES[i % 11]))
    return suite


def shapes(random, number):
    suite = Suite()
    for i in range(number or 66):
        service = Service(random, ALL, RATES[i % 11])
        kinds = [(shape, strength) for shape in SHAPES for strength in STRENGTHS]
        random.shuffle(kinds)
        for j in range(8):
            shape, strength = kinds[j + 8 * (i // 11 % 2)]
            service.add_outage(HALF + (j + random.uniform(.1, .6)) * HALF / 8, shape, strength)
        suite.add(f"s{i}", service)
    return suite


def season(random, number):
    suite = Suite()
    for i in range(number or 33):
        suite.add(f"s{i}", Service(random, ALL, RATES[i % 11], sharp=True, shift_at=SHIFT_AT, holidays=(14, 42)))
    return suite


def contam(random, number):
    """A huge outage two days before judging begins; later ones at the same time of day."""
    suite = Suite()
    for i in range(number or 33):
        service = Service(random, ALL, RATES[i % 11])
        at = HALF - 2 * DAY + int(random.uniform(9, 16) * 60)
        service.add_outage(at, "plateau", "massive")
        for days in (3, 9, 16):
            service.add_outage(at + days * DAY + 20, "step and decay", "medium")
        suite.add(f"s{i}", service)
    return suite


def popstep(random, number):
    """A service becomes 1.7 times as popular for good; half of them grow by 3 % a day besides."""
    suite = Suite()
    for i in range(number or 33):
        service = Service(random, ALL, RATES[i % 11])
        at = HALF + 7 * DAY + int(random.uniform(0, DAY))
        growth = 1.03 ** np.clip((np.arange(ALL) - HALF) / DAY, 0, 28) if i % 2 else np.ones(ALL)
        growth[at:] *= 1.7
        service.rate *= growth
        for days in (5, 12):
            onset = at + days * DAY + int(random.uniform(0, 600))
            service.add_outage(onset, "step and decay", "medium", mean=service.mean * growth[min(onset, ALL - 1)])
        suite.add(f"s{i}", service)
        suite.harmless.append(dict(service=f"s{i}", onset=at, end=at + DAY, closed=True))
    return suite


def cold(random, number):
    """No history at all."""
    suite = Suite(judged_from=60, minutes=14 * DAY)
    for i in range(number or 66):
        service = Service(random, 14 * DAY, RATES[i % 11], first_minute=int(random.integers(0, 7 * DAY)))
        for j in range(6):
            onset = (30 + 50 * j + random.uniform(0, 12)) * 60
            service.add_outage(onset, "step and decay", ("medium", "strong", "massive")[j % 3])
        suite.add(f"s{i}", service)
    return suite


def region(random, number):
    """Twenty regions of Zipf shares; outages of the smaller ones."""
    suite = Suite()
    shares = 1 / np.arange(1, 21)
    shares /= shares.sum()
    for i in range(number or 9):
        regions = [Service(random, ALL, (.3, 3, 30)[i % 3] * share) for share in shares]
        for j in range(8):
            onset = HALF + (j + random.uniform(.1, .6)) * HALF / 8
            regions[random.integers(3, 20)].add_outage(onset, "step and decay", ("medium", "strong", "massive")[j % 3])
        whole = len(suite.names)
        suite.names.append(f"g{i}")
        suite.columns.append(None)
        for k, service in enumerate(regions):
            suite.add(f"g{i}@r{k}", service)
        suite.columns[whole] = sum(suite.columns[whole + 1 :])
    return suite


def real(random, number, folder):
    """Volumes of tweets (Numenta's benchmark, five-minute bins) at three thinnings, with outages put in outside the windows
    that were labelled there."""
    suite = Suite(judged_from=21 * DAY, minutes=15800 * 5, bin=5, start=datetime(2015, 2, 26, 21, 40, tzinfo=timezone.utc))
    bins = 15800
    labels = json.load(open(f"{folder}/labels/combined_windows.json"))
    for file in sorted(os.listdir(f"{folder}/realTweets"))[: number or None]:
        rows = list(csv.reader(open(f"{folder}/realTweets/{file}")))[1 : bins + 1]
        times, volume = [row[0] for row in rows], np.array([int(float(row[1])) for row in rows])
        taken, spans = np.zeros(bins, bool), []
        for low, high in labels[f"realTweets/{file}"]:
            inside = [i for i, time in enumerate(times) if low[:19] <= time <= high[:19]]
            spans.append((max(0, inside[0] - 72), inside[-1] + 73))
            taken[spans[-1][0] : spans[-1][1]] = True
        for share in (1, .1, .01):
            name, counts, busy = f"{file[15:-4]}_{share:g}", random.binomial(volume, share), taken.copy()
            mean = counts.mean() / 5
            for j in range(8):
                free = [at for at in random.integers(21 * 288, bins - 150, 300) if not busy[at - 12 : at + 150].any()]
                if not free:
                    continue
                shape, strength = SHAPES[(j // 4 + j) % 4], list(STRENGTHS)[j % 4]
                curve = outage_curve_in_bins(random, shape)
                counts[free[0] : free[0] + len(curve)] += random.poisson(curve * STRENGTHS[strength] * (mean + .1))
                busy[max(0, free[0] - 288) : free[0] + 288] = True
                suite.outages.append(dict(service=name, onset=int(free[0]) * 5, end=int(free[0] + len(curve)) * 5, shape=shape,
                                          strength=strength, mean=mean))
            suite.harmless += [dict(service=name, onset=a * 5, end=b * 5, closed=True, unjudged=True) for a, b in spans]
            suite.names.append(name)
            suite.columns.append(counts)
    return suite


def outage_curve_in_bins(random, shape):
    from services import outage_curve

    curve = outage_curve(random, shape)
    return np.pad(curve, (0, -len(curve) % 5)).reshape(-1, 5).sum(1)


def write(suite, path):
    with open(path, "w") as file:
        file.write("ts," + ",".join(suite.names) + "\n")
        for i, row in enumerate(np.array(suite.columns).T.tolist()):
            time = suite.start + timedelta(minutes=i * suite.bin)
            file.write(time.strftime("%Y-%m-%dT%H:%M:%SZ,") + ",".join(map(str, row)) + "\n")
