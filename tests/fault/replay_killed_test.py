#!/usr/bin/env python3
"""Outcry is killed again and again while a real outage rises to thousands of reports a second: every acknowledged report is stored
exactly once, and the bins are what the rows say."""
import json
import sys
import time
import unittest
from collections import Counter
from pathlib import Path

from instance import OUTCRY, Instance, last_words
from processes import Program, end

SCENARIO = Path(__file__).resolve().parents[2] / "data/scenarios/m365-2026-01-22.json"
SPEED, KILLS = 120, [25, 40, 50, 60]  # seconds; the peak comes after 50


class ReplayKilled(unittest.TestCase):
    def test_an_outage_replayed_through_kills_is_stored_once(self):
        scenario = json.loads(SCENARIO.read_text())
        scenario["reports"] = [row for row in scenario["reports"] if row["at"] < "2026-01-22T20:45"]
        with Instance() as instance:
            rise, ids = instance.folder / "rise.json", instance.folder / "ids"
            rise.write_text(json.dumps(scenario))
            instance.start()
            replay = Program(OUTCRY, {}).start("replay", str(rise), "--url", f"http://127.0.0.1:{instance.port}", "--speed",
                                               str(SPEED), "--ids", str(ids))
            self.addCleanup(end, replay)
            began = time.monotonic()
            restarts = []
            for moment in KILLS:
                time.sleep(max(0.0, moment - (time.monotonic() - began)))
                instance.kill()
                restarts.append(instance.start())
            self.assertEqual(replay.wait(300), 0, last_words(instance))
            instance.wait_until_counted()

            acknowledged, stored = ids.read_text().split(), instance.stored()
            print(f"{len(acknowledged)} acknowledged, {len(stored)} stored, {len(KILLS)} kills, ready again after "
                  f"{', '.join(f'{s:.1f}' for s in restarts)} s", file=sys.stderr)
            self.assertGreater(len(acknowledged), 100_000)
            self.assertEqual(len(acknowledged), len(set(acknowledged)))
            self.assertEqual(Counter(stored) - Counter(acknowledged), Counter(), "stored twice, or never acknowledged")
            self.assertEqual(Counter(acknowledged) - Counter(stored), Counter(), "acknowledged and lost")
            self.assertEqual(instance.bins_that_differ_from_rows(), 0)


if __name__ == "__main__":
    unittest.main()
