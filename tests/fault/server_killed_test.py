#!/usr/bin/env python3
"""Outcry is killed while a thousand people a second report: nothing acknowledged is lost, nothing is there twice, and the board
after the restart is the board that never stopped."""
import asyncio
import sys
import time
import unittest

from instance import Instance, last_words
from reporters import Reporters

SLUGS = ["outlook", "microsoft-teams", "microsoft-365", "gmail"]
RATE, SECONDS, KILLS = 1000, 24, [4, 9, 14, 19]


class ServerKilled(unittest.TestCase):
    def test_every_acknowledged_report_is_stored_once_and_the_board_is_the_same(self):
        with Instance() as instance:
            self.instance = instance
            instance.live_through(SLUGS)
            instance.start()
            reporters = Reporters(instance.port, SLUGS, RATE)
            self.restarts = []
            reporters.run(SECONDS, meanwhile=self.kill_and_start)
            instance.wait_until_counted()

            stored = instance.stored()
            acknowledged = set(reporters.acknowledged.values())
            print(f"{reporters.sent} sent, {len(acknowledged)} acknowledged, {len(stored)} stored, {len(KILLS)} kills, ready again"
                  f" after {', '.join(f'{s:.1f}' for s in self.restarts)} s, {reporters.disconnects} broken connections",
                  file=sys.stderr)
            self.assertEqual(reporters.refused, {}, f"{reporters.examples}\n{last_words(instance)}")
            self.assertEqual(reporters.given_up, 0)
            self.assertEqual(len(acknowledged), reporters.sent)
            self.assertEqual(len(stored), len(set(stored)), "a report is stored twice")
            self.assertEqual(acknowledged - set(stored), set(), "an acknowledged report was lost")
            self.assertEqual(len(stored), reporters.sent, "a report sent again was stored again")
            self.assertEqual(instance.bins_that_differ_from_rows(), 0)
            self.compare_boards()

    async def kill_and_start(self):
        began = time.monotonic()
        for moment in KILLS:
            await asyncio.sleep(max(0, moment - (time.monotonic() - began)))
            self.instance.kill()
            self.restarts.append(await asyncio.to_thread(self.instance.start))

    def compare_boards(self):
        """As it stands; after a clean stop, from what was saved; after a kill without anything saved, from bins alone."""
        for _ in range(3):
            time.sleep(63 - time.time() % 60)  # just after a minute has become complete
            minute = time.time() // 60
            standing = self.instance.board(SLUGS)
            self.instance.stop()
            self.instance.start()
            restored = self.instance.board(SLUGS)
            self.instance.ask("delete from detector_state")
            self.instance.kill()
            self.instance.start()
            rebuilt = self.instance.board(SLUGS)
            if time.time() // 60 == minute:
                break
        else:
            self.fail("three restarts never fitted into one minute")
        states = {slug: seen["service"]["state"] for slug, seen in standing.items()}
        self.assertEqual(set(states.values()), {"spike"}, "the comparison is worth little unless something happened")
        self.assertEqual(restored, standing)
        self.assertEqual(rebuilt, standing)


if __name__ == "__main__":
    unittest.main()
