#!/usr/bin/env python3
"""Outcry is killed twenty times at random moments while incidents open, grow and close: a real receiver, moody and once away itself,
hears each transition at least once, and by the message's id exactly once."""
import json
import os
import random
import subprocess
import sys
import threading
import time
import unittest
import urllib.request
from collections import Counter, defaultdict
from pathlib import Path

from instance import Instance, last_words
from processes import Program, end, free_port, wait_for_http

PACED = os.environ.get("OUTCRY_PACED", str(Path(__file__).resolve().parents[2] / "build/dev/tests/paced_serve"))
RECEIVER = Path(__file__).resolve().parents[1] / "receiver/receiver.mjs"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SERVICES, SPEED, KILLS = 4, 90, 20  # one second is a minute and a half
BURST, CYCLE = 7, 34  # minutes of an outage, and from one to the next of a service


class Paced(Instance):
    """The instance on a clock that goes on where it would be, were it never killed."""

    def __init__(self):
        super().__init__()
        self.program = Program(PACED, {"OUTCRY_STATE_DIR": str(self.folder / "state"), "OUTCRY_LISTEN": f"127.0.0.1:{self.port}",
                                       "OUTCRY_STARTER_CATALOGUE": "false", "OUTCRY_OUTBOUND_ALLOW_NETWORKS": "127.0.0.0/8"})
        self.base, self.speed, self.anchor = int(time.time() * 1000), SPEED, time.monotonic()

    def now(self):
        return self.base + (time.monotonic() - self.anchor) * 1000 * self.speed

    def hurry(self, speed):
        """From here on at another speed; takes effect with the next start."""
        self.base, self.anchor, self.speed = self.now(), time.monotonic(), speed

    def start(self):
        self.process = self.program.start(str(int(self.now())), str(self.speed), log=self.log)
        return wait_for_http(f"http://127.0.0.1:{self.port}/readyz", 60)

    def prepare(self, target):
        """Services with quiet days behind them, and one who wants to know."""
        self.start()
        self.ask(f"""
            insert into service (slug, name, created) select 's' || n, 'Service ' || n, to_timestamp({self.base} / 1000.0) - interval '10 days'
            from generate_series(1, {SERVICES}) n;
            insert into detector_settings (service_id, version, since, false_alarms_per_year, least_reports, hold_minutes, clear_minutes, made)
            select id, 1, created, 10, 5, 0, 1, created from service;
            insert into bin (service_id, minute, reports)
            select id, minute, 1 from service, generate_series((select complete_until from tally_state) - interval '10 days',
                (select complete_until from tally_state) - interval '1 minute', '7 minutes') minute;
            delete from detector_state;
            insert into notification_target (name, kind, address, secret, made)
            values ('receiver', 'webhook', '{target}', '{SECRET}', to_timestamp({self.base} / 1000.0));
            insert into notification_route (target_id, made) select id, made from notification_target;""")
        self.kill()


class People(threading.Thread):
    """Report each service in bursts of the instance's clock; who is not answered does not try again."""

    def __init__(self, instance):
        super().__init__(daemon=True)
        self.instance, self.over, self.sent = instance, threading.Event(), 0

    def run(self):
        began = self.instance.now()
        while not self.over.wait(0.02):
            minutes = (self.instance.now() - began) / 60_000
            for service in range(SERVICES):
                phase = (minutes - 3 - service * CYCLE / SERVICES) % CYCLE
                if minutes > 3 and phase < BURST:
                    self.report(service + 1)

    def report(self, service):
        self.sent += 1
        address = ".".join(str(random.randint(11, 126)) for _ in range(4))
        request = urllib.request.Request(f"http://127.0.0.1:{self.instance.port}/api/v1/services/s{service}/reports", b"{}",
                                         {"Content-Type": "application/json", "X-Forwarded-For": address})
        try:
            urllib.request.urlopen(request, timeout=1).close()
        except OSError:
            time.sleep(0.1)


class Receiver:
    def __init__(self, folder):
        self.log, self.port = folder / "heard", free_port()
        self.process = None

    def start(self, seed):
        self.process = subprocess.Popen(["node", RECEIVER, self.log, "--secret", SECRET, "--any-time", "--port", str(self.port),
                                         "--moody", str(seed)], stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def heard(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]


class ToldThroughKills(unittest.TestCase):
    def test_each_transition_is_heard_at_least_once_and_by_its_id_exactly_once(self):
        chance = random.Random(7)
        with Paced() as instance:
            receiver = Receiver(instance.folder)
            receiver.start(1)
            self.addCleanup(lambda: receiver.process.poll() is None and receiver.stop())
            born = instance.base
            instance.prepare(f"http://127.0.0.1:{receiver.port}/hook")
            instance.start()
            people = People(instance)
            people.start()
            for kill in range(KILLS):
                time.sleep(chance.uniform(0.2, 3.2))
                instance.kill()
                if kill == 8:
                    receiver.stop()
                if kill == 10:
                    receiver.start(2)
                instance.start()
            people.over.set()
            people.join()
            instance.kill()
            instance.hurry(1500)  # whoever failed is tried again after minutes, then hours
            instance.start()
            self.wait_until_told(instance)

            notified = [line.split("|") for line in instance.ask(
                "select n.id, kind, n.incident_id, to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') "
                # Growth that an opening brings with it is told to nobody.
                "from notification n join delivery on notification_id = n.id").splitlines()]
            early = instance.ask(f"select began from incident where opened < to_timestamp({born} / 1000.0)")
            incidents = instance.ask("select id from incident").split()
            closed = int(instance.ask("select count(*) from incident where closed is not null"))
            attempts = int(instance.ask("select count(*) from delivery_attempt"))
            heard = receiver.heard()

        self.assertEqual(early, "", "the past that was made up holds an incident, and of that nobody is told")
        self.assertEqual([line for line in heard if "refused" in line], [], "a signature that another's code does not believe")
        by_id = defaultdict(set)
        for line in heard:
            by_id[line["id"]].add((line["type"], line["message"]["data"]["incident"]["id"], line["message"]["timestamp"]))
        kinds = Counter(kind for _, kind, _, _ in notified)
        print(f"{people.sent} reports, {len(incidents)} incidents, transitions {dict(kinds)}, {KILLS} kills, {attempts} attempts noted, "
              f"{len(heard)} messages heard, {len(by_id)} distinct", file=sys.stderr)
        self.assertGreaterEqual(len(incidents), SERVICES - 1, last_words(instance))  # a kill may swallow a burst
        self.assertEqual(kinds["incident.opened"], len(incidents))
        self.assertEqual(kinds["incident.closed"], closed)
        self.assertEqual(closed, len(incidents))
        told = {id: {(kind, incident, at)} for id, kind, incident, at in notified}
        self.assertEqual(dict(by_id), told, "not heard, heard as something else, or heard and never recorded")
        transitions = [transition for each in told.values() for transition in each]
        self.assertEqual(len(set(transitions)), len(transitions), "one transition under two ids")
        self.assertGreater(len(heard), len(by_id), "nothing was ever sent twice: the faults did not bite")

    def wait_until_told(self, instance):
        until = time.monotonic() + 60
        while instance.ask("""select (select count(*) from outbox) + (select count(*) from delivery where state = 'waiting')
                                     + (select count(*) from incident where closed is null)""") != "0":
            if time.monotonic() > until:
                raise TimeoutError(instance.ask("select state, why, attempts, count(*) from delivery group by 1, 2, 3"))
            time.sleep(0.2)


if __name__ == "__main__":
    unittest.main()
