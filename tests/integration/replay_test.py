#!/usr/bin/env python3
"""`outcry replay` against a running instance: every report of the scenario arrives once; what cannot be sent is explained."""
import json
import os
import shutil
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from processes import PrivatePostgres, Program, ask, end, free_port, wait_for_http  # noqa: E402

OUTCRY = os.environ.get("OUTCRY", str(Path(__file__).resolve().parents[2] / "build/dev/outcry"))
WELL, FAILED, USAGE = range(3)

SCENARIO = {
    "name": "small", "title": "A small outage", "bin_seconds": 900,
    "services": [{"slug": "outlook", "scale": 1, "expect": "incident"}, {"slug": "nobody-knows", "scale": 1, "expect": "incident"},
                 {"slug": "gmail", "scale": 0.5, "expect": "collateral"}],
    "reports": [{"at": "2026-01-22T18:45:00Z", "count": 120}, {"at": "2026-01-22T19:00:00Z", "count": 300}],
    "categories": [{"key": "login", "share": 0.5}, {"key": "not-offered", "share": 0.3}],
    "messages": [{"text": "451 4.3.2 temporary \u201cserver\u201d issue", "share": 0.5}],
}
REPORTS = 420 + 210


class Replay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = PrivatePostgres(databases=["outcry"])
        cls.postgres.__enter__()
        cls.addClassCleanup(cls.postgres.__exit__)
        cls.folder = Path(tempfile.mkdtemp(prefix="outcry-replay-", dir="/var/tmp"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        port = free_port()
        cls.url = f"http://127.0.0.1:{port}"
        program = Program(OUTCRY, {"OUTCRY_DATABASE": cls.postgres.dsn("outcry"), "OUTCRY_STATE_DIR": str(cls.folder),
                                   "OUTCRY_LISTEN": f"127.0.0.1:{port}"})
        process = program.start("serve")
        cls.addClassCleanup(end, process)
        wait_for_http(f"{cls.url}/readyz", 60)
        cls.scenario = cls.folder / "small.json"
        cls.scenario.write_text(json.dumps(SCENARIO))

    def call(self, *arguments, wanted=WELL):
        done = Program(OUTCRY, {}).run("replay", *map(str, arguments), check=False)
        self.assertEqual(done.returncode, wanted, done.stdout + done.stderr)
        return done

    def ask(self, sql):
        return ask(self.postgres.dsn("outcry"), sql)

    def test_every_report_arrives_once_with_what_the_service_offers(self):
        ids = self.folder / "ids"
        done = self.call(self.scenario, "--url", self.url, "--speed", 600, "--ids", ids, "--json")
        self.assertEqual(json.loads(done.stdout), {"scenario": "small", "acknowledged": REPORTS, "refused": 0, "given_up": 0,
                                                   "tried_again": 0})
        self.assertIn('no service "nobody-knows"', done.stderr)
        deadline = time.monotonic() + 20
        while self.ask("select count(*) from report") != str(REPORTS) and time.monotonic() < deadline:
            time.sleep(0.1)
        stored = self.ask("select id from report").split()
        self.assertEqual(sorted(stored), sorted(ids.read_text().split()))
        # Everyone is someone else, in networks of their own: nothing is repeated, nothing limited.
        self.assertEqual(self.ask("select distinct outcome from report"), "0")
        shares = dict(line.split("|") for line in self.ask(
            "select coalesce(key, ''), count(*) from report left join category on category.id = category_id group by 1").split())
        self.assertEqual(set(shares), {"", "login"})
        self.assertAlmostEqual(int(shares["login"]) / REPORTS, 0.5, delta=0.02)
        said = int(self.ask("select count(*) from report where message = '451 4.3.2 temporary \u201cserver\u201d issue'"))
        self.assertAlmostEqual(said / REPORTS, 0.5, delta=0.02)

    def test_what_cannot_be_replayed_is_explained(self):
        self.assertIn("cannot be read", self.call("/nowhere.json", "--url", self.url, wanted=USAGE).stderr)
        self.assertIn("https", self.call(self.scenario, "--url", "https://127.0.0.1", wanted=USAGE).stderr)
        silent = self.call(self.scenario, "--url", f"http://127.0.0.1:{free_port()}", wanted=FAILED)
        self.assertIn("Connection refused", silent.stderr)
        self.assertIn("\n  try: ", silent.stderr)
        broken = self.folder / "broken.json"
        broken.write_text(json.dumps({**SCENARIO, "reports": [{"at": "2026-01-22T18:46:00Z", "count": 1}]}))
        self.assertIn("reports[0]", self.call(broken, "--url", self.url, wanted=FAILED).stderr)
        unknown = self.folder / "unknown.json"
        unknown.write_text(json.dumps({**SCENARIO, "services": SCENARIO["services"][1:2]}))
        self.assertIn("none of the scenario's services", self.call(unknown, "--url", self.url, wanted=FAILED).stderr)


if __name__ == "__main__":
    unittest.main()
