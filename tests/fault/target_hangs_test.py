#!/usr/bin/env python3
"""Twenty targets hang while people report: reports are acknowledged as quickly as without them, and a target that is well is told."""
import json
import subprocess
import sys
import time
import unittest
from pathlib import Path

from instance import Instance, last_words
from reporters import Reporters

RECEIVER = Path(__file__).resolve().parents[1] / "receiver/receiver.mjs"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
RATE, SECONDS, HANGING = 300, 8, 20

TARGETS = """
    insert into notification_target (name, kind, address, secret, made)
    select 'hangs ' || n, 'webhook', 'http://127.0.0.1:{port}/hangs', '{secret}', made from generate_series(1, {hanging}) n,
        (select max(created) as made from service) as service
    union all select 'well', 'webhook', 'http://127.0.0.1:{port}/hook', '{secret}', max(created) from service;
    insert into notification (id, kind, at, made) select gen_random_uuid(), 'test', made, made
    from (select max(created) as made from service) as service, generate_series(1, 50);
    insert into delivery (notification_id, target_id, due, made)
    select n.id, t.id, n.made, n.made from notification n, notification_target t where t.name <> 'well' or n.ctid::text < '(0,30)'"""


def quantile(values, q):
    return sorted(values)[int(q * (len(values) - 1))]


class TargetHangs(unittest.TestCase):
    def report(self, instance):
        reporters = Reporters(instance.port, ["outlook", "gmail"], RATE, connections=64)
        reporters.run(SECONDS)
        self.assertEqual(reporters.refused, {}, last_words(instance))
        return reporters.waits

    def test_reports_do_not_wait_for_targets(self):
        with Instance() as instance:
            instance.program.environment["OUTCRY_OUTBOUND_ALLOW_NETWORKS"] = "127.0.0.0/8"
            log = instance.folder / "heard"
            receiver = subprocess.Popen(["node", RECEIVER, log, "--secret", SECRET, "--any-time"], stdout=subprocess.PIPE, text=True)
            self.addCleanup(lambda: (receiver.kill(), receiver.wait(), receiver.stdout.close()))
            port = json.loads(receiver.stdout.readline())["http"]
            instance.start()
            self.report(instance)  # warm
            without = self.report(instance)
            instance.ask(TARGETS.format(port=port, secret=SECRET, hanging=HANGING))
            self.wait_for_hanging(instance)
            beside = self.report(instance)
            under_way = int(instance.ask("select count(*) from delivery where claimed_until is not null"))
            timeouts = int(instance.ask("select count(*) from delivery_attempt where trouble = 'timeout'"))
            told = len(log.read_text().splitlines()) if log.exists() else 0
        before, during = (1000 * quantile(waits, 0.99) for waits in (without, beside))
        print(f"p99 {before:.0f} ms without, {during:.0f} ms beside {under_way} requests that hang ({timeouts} given up); "
              f"{told} messages to the one that is well", file=sys.stderr)
        self.assertGreaterEqual(under_way, 8, "nothing hung: this measured nothing")
        self.assertGreater(told, 2)
        self.assertLess(during, 3 * before + 100)

    def wait_for_hanging(self, instance):
        until = time.monotonic() + 20
        while int(instance.ask("select count(*) from delivery where claimed_until is not null")) < 8:
            if time.monotonic() > until:
                raise TimeoutError("no request ever hung")
            time.sleep(0.2)


if __name__ == "__main__":
    unittest.main()
