#!/usr/bin/env python3
"""`outcry demo` comes up by itself, shows reports coming in, and leaves nothing behind, however early it is ended."""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from processes import Program, end, free_port, wait_for_http  # noqa: E402

OUTCRY = os.environ.get("OUTCRY", str(Path(__file__).resolve().parents[2] / "build/dev/outcry"))


class Demo(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="outcry-demo-test-", dir="/var/tmp"))
        self.folder.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.port = free_port()

    def start(self, **settings):
        with open(self.folder / "log", "w") as log:
            process = Program(OUTCRY, settings).start("demo", "--port", str(self.port), "--state-dir", str(self.folder), log=log)
        self.addCleanup(end, process)
        return process

    def talk(self):
        return (self.folder / "log").read_text()

    def assert_nothing_is_left(self):
        self.assertEqual([entry.name for entry in self.folder.iterdir() if entry.name != "log"], [])
        still = subprocess.run(["pgrep", "-f", str(self.folder)], text=True, capture_output=True).stdout.split()
        self.assertEqual(still, [])

    def test_an_outage_can_be_watched_and_ctrl_c_removes_all_of_it(self):
        process = self.start()
        wait_for_http(f"http://127.0.0.1:{self.port}/readyz", 120)
        deadline = time.monotonic() + 60
        while "spike: Microsoft 365" not in self.talk():
            self.assertLess(time.monotonic(), deadline, self.talk())
            self.assertIsNone(process.poll(), self.talk())
            time.sleep(0.2)
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/services/microsoft-365", timeout=10) as answer:
            service = json.load(answer)
        self.assertEqual(service["state"], "spike")
        self.assertGreater(service["reports_15m"], 30)
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/services/example-isp", timeout=10) as answer:
            self.assertEqual(json.load(answer)["name"], "Example ISP")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(30), 0, self.talk())
        self.assert_nothing_is_left()

    def test_it_is_served_and_fed_under_the_base_path(self):
        process = self.start(OUTCRY_BASE_PATH="/status")
        wait_for_http(f"http://127.0.0.1:{self.port}/status/readyz", 120)
        deadline = time.monotonic() + 60
        while "spike: Microsoft 365" not in self.talk():
            self.assertLess(time.monotonic(), deadline, self.talk())
            time.sleep(0.2)
        self.assertIn(f"Look: http://127.0.0.1:{self.port}/status/s/", self.talk())
        self.assertRegex(self.talk(), f"http://[^ ]*:{self.port}/status/admin/link/")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(30), 0, self.talk())

    def test_a_base_path_with_a_slip_in_it_is_told_at_once(self):
        process = self.start(OUTCRY_BASE_PATH="status/")
        self.assertEqual(process.wait(10), 3)
        self.assertIn("OUTCRY_BASE_PATH=/outcry", self.talk())

    def test_ended_while_it_writes_its_history_it_still_removes_all_of_it(self):
        process = self.start()
        deadline = time.monotonic() + 60
        while "ordinary weeks" not in self.talk() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(30), 1)
        self.assertIn("interrupted", self.talk())
        self.assert_nothing_is_left()

    def test_a_taken_port_is_told_at_once(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", self.port))
            taken.listen()
            process = self.start()
            self.assertEqual(process.wait(10), 1)
        self.assertIn(f"outcry demo --port {self.port + 1}", self.talk())
        self.assert_nothing_is_left()


if __name__ == "__main__":
    unittest.main()
