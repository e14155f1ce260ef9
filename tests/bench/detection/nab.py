#!/usr/bin/python3
"""Anomaly scores of `outcry detect --scores` on Numenta's labelled tweets, scored by that benchmark's published rules (standard
profile: a window found early gives up to 1, a window missed costs 1, a false alarm up to 0.11; the first 15 % are not judged;
one threshold for all files, the best one). A re-implementation: compare with published figures with care.

  nab.py build/release/outcry FOLDER        FOLDER holds realTweets/ and labels/"""
import csv
import json
import math
import os
import subprocess
import sys

FALSE_ALARM = .11


def position_score(position):
    """1 at a window's left edge (-1), 0 at its right edge, towards -1 after it."""
    return -1 if position > 3 else 2 / (1 + math.exp(5 * position)) - 1


def judge(scores, windows):
    """(score, window or None, gain) of each row that is judged."""
    rows = []
    for i, score in enumerate(scores):
        if i < min(.15 * len(scores), 750):
            continue
        inside = next((w for w in windows if w[0] <= i <= w[1]), None)
        if inside:
            gain = position_score(-(inside[1] - i + 1) / (inside[1] - inside[0] + 1)) / position_score(-1)
        else:
            before = [w for w in windows if w[1] < i]
            width = before[-1][1] - before[-1][0] if before else 1
            gain = FALSE_ALARM * (position_score((i - before[-1][1]) / width) if before else -1)
        rows.append((score, inside, gain))
    return rows


def best_score(files):
    """Over all thresholds: 100 for every window found at once and no false alarm, 0 for saying nothing."""
    points = sorted(((s, (n, w), g) for n, rows in enumerate(files) for s, w, g in rows), key=lambda p: -p[0])
    number = len({p[1] for p in points if p[1][1]})
    found, total, best, i = {}, 0., 0., 0
    while i < len(points):
        threshold = points[i][0]
        while i < len(points) and points[i][0] == threshold:
            _, key, gain = points[i]
            if key[1]:
                total += max(0, gain - found.get(key, 0)) + (0 if key in found else 1)
                found[key] = max(gain, found.get(key, 0))
            else:
                total += gain
            i += 1
        best = max(best, total)
    return 100 * best / (2 * number)


def main(outcry, folder):
    labels = json.load(open(f"{folder}/labels/combined_windows.json"))
    files = []
    for name in sorted(os.listdir(f"{folder}/realTweets")):
        text = open(f"{folder}/realTweets/{name}").read()
        out = subprocess.run([outcry, "detect", "--scores"], input=text, capture_output=True, text=True, check=True).stdout
        rows = list(csv.reader(out.splitlines()))[1:]
        times, scores = [row[0][:19] for row in rows], [float(row[1]) for row in rows]
        spans = [(low[:19], high[:19]) for low, high in labels[f"realTweets/{name}"]]
        windows = [(min(i for i, t in enumerate(times) if t >= a), max(i for i, t in enumerate(times) if t <= b)) for a, b in spans]
        files.append(judge(scores, windows))
    print(f"realTweets, standard profile: {best_score(files):.1f}")
    return files


if __name__ == "__main__":
    main(*sys.argv[1:3])
