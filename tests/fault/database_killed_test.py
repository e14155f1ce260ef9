#!/usr/bin/env python3
"""PostgreSQL is killed while a thousand people a second report: they wait a little, and nothing is lost, twice or refused."""
import asyncio
import sys
import time
import unittest

from instance import Instance, last_words
from reporters import Reporters

SLUGS = ["outlook", "microsoft-teams", "gmail"]
RATE, SECONDS, KILLS = 1000, 26, [3, 8, 13, 18, 23]
LONGEST_WAIT = 8.0  # seconds; a restart with recovery takes one to four


class DatabaseKilled(unittest.TestCase):
    def test_reports_wait_for_the_database_and_do_not_fail(self):
        with Instance() as instance:
            instance.start()
            reporters = Reporters(instance.port, SLUGS, RATE, connections=256)

            async def kill_again_and_again():
                began = time.monotonic()
                for moment in KILLS:
                    await asyncio.sleep(max(0, moment - (time.monotonic() - began)))
                    instance.kill_database()

            reporters.run(SECONDS, meanwhile=kill_again_and_again)
            instance.wait_until_counted()

            stored = instance.stored()
            acknowledged = set(reporters.acknowledged.values())
            print(f"{reporters.sent} sent, {len(acknowledged)} acknowledged, {len(stored)} stored, {len(KILLS)} kills,"
                  f" longest wait {reporters.longest_wait:.1f} s", file=sys.stderr)
            self.assertEqual(reporters.refused, {}, f"{reporters.examples}\n{last_words(instance)}")
            self.assertEqual(reporters.disconnects, 0, last_words(instance))
            self.assertEqual(len(acknowledged), reporters.sent)
            self.assertEqual(acknowledged - set(stored), set(), "an acknowledged report was lost")
            self.assertEqual(len(stored), len(acknowledged), "a report is stored twice")
            self.assertEqual(instance.bins_that_differ_from_rows(), 0)
            self.assertLess(reporters.longest_wait, LONGEST_WAIT)


if __name__ == "__main__":
    unittest.main()
