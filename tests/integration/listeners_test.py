#!/usr/bin/env python3
"""Operators on a listener of their own: the public port knows nothing of them, and no flood of slow connections there locks them out."""
import contextlib
import http.client
import os
import shutil
import socket
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from processes import PrivatePostgres, Program, end, free_port, wait_for_http  # noqa: E402

OUTCRY = os.environ.get("OUTCRY", str(Path(__file__).resolve().parents[2] / "build/dev/outcry"))
SITE = "status.example.org"
FILES = 256  # that the process may have open: fewer than the flood has connections
FLOOD = 400


def ask(port, path, headers=None, method="GET", timeout=5):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    with contextlib.closing(connection):
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return answer, answer.read().decode()


class Listeners(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = PrivatePostgres(databases=["outcry"])
        cls.postgres.__enter__()
        cls.addClassCleanup(cls.postgres.__exit__)
        folder = Path(tempfile.mkdtemp(prefix="outcry-listeners-", dir="/var/tmp"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        cls.public, cls.operators = free_port(), free_port()
        program = Program(OUTCRY, {"OUTCRY_DATABASE": cls.postgres.dsn("outcry"), "OUTCRY_STATE_DIR": str(folder),
                                   "OUTCRY_LISTEN": f"127.0.0.1:{cls.public}", "OUTCRY_OPERATOR_LISTEN": f"127.0.0.1:{cls.operators}",
                                   "OUTCRY_PUBLIC_URL": f"https://{SITE}", "OUTCRY_STARTER_CATALOGUE": "false"})
        program.run("migrate")
        program.run("service", "add", "mail", "--name", "Mail")
        cls.token = program.run("token", "create", "prometheus", "--scope", "read").strip()
        # The program raises its soft limit to the hard one, so that a smaller hard one is what holds.
        few = Program("/usr/bin/prlimit", program.environment)
        process = few.start(f"--nofile={FILES}:{FILES}", OUTCRY, "serve")
        cls.addClassCleanup(end, process)
        cls.process = process
        wait_for_http(f"http://127.0.0.1:{cls.public}/readyz", 60)

    def test_the_public_port_knows_no_operators(self):
        bearer = {"Authorization": f"Bearer {self.token}"}
        for path in ("/admin", "/admin/", "/admin/sign-in", "/admin/users", "/admin/link/x", "/api/v1/admin/metrics", "/api/v1/admin/catalogue"):
            for headers in ({}, bearer):
                answer, _ = ask(self.public, path, headers)
                self.assertEqual(answer.status, 404, path)
        for path in ("/admin/sign-in", "/api/v1/admin/incidents/x/close"):
            answer, _ = ask(self.public, path, bearer, method="POST")
            self.assertEqual(answer.status, 404, path)

    def test_the_operators_port_serves_them_and_the_site(self):
        answer, page = ask(self.operators, "/admin/sign-in")
        self.assertEqual(answer.status, 200)
        self.assertIn("<h1>", page)
        self.assertEqual(ask(self.operators, "/admin")[0].status, 303)
        self.assertEqual(ask(self.operators, "/s/mail")[0].status, 200)
        self.assertEqual(ask(self.operators, "/api/v1/admin/metrics")[0].status, 401)
        answer, metrics = ask(self.operators, "/api/v1/admin/metrics", {"Authorization": f"Bearer {self.token}"})
        self.assertEqual(answer.status, 200)
        self.assertIn("\noutcry_services 1\n", metrics)

    def test_https_is_told_to_the_site_alone(self):
        field = "strict-transport-security"
        for path in ("/", "/s/mail", "/nothing/here", "/api/v1/services", "/healthz"):
            self.assertEqual(ask(self.public, path, {"Host": SITE})[0].headers[field], "max-age=31536000", path)
        self.assertEqual(ask(self.operators, "/admin/sign-in", {"Host": SITE, "X-Forwarded-Proto": "https"})[0].headers[field], "max-age=31536000")
        for port in (self.public, self.operators):
            self.assertIsNone(ask(port, "/", {"Host": f"localhost:{port}"})[0].headers[field])  # through a tunnel
            self.assertIsNone(ask(port, "/", {"Host": SITE, "X-Forwarded-Proto": "http"})[0].headers[field])

    def test_a_flood_of_slow_public_connections_does_not_lock_operators_out(self):
        held = []
        try:
            for _ in range(FLOOD):
                slow = socket.create_connection(("127.0.0.1", self.public), timeout=5)
                slow.sendall(b"GET / HTTP/1.1\r\nHost: ")  # and never more
                held.append(slow)
            turned_away = False
            for _ in range(20):
                try:
                    turned_away = turned_away or ask(self.public, "/", timeout=2)[0].status == 503
                except (OSError, http.client.HTTPException):
                    turned_away = True
            self.assertTrue(turned_away, "the flood was too small to matter")
            slowest = 0.0
            for _ in range(20):
                began = time.monotonic()
                answer, _ = ask(self.operators, "/admin/sign-in")
                slowest = max(slowest, time.monotonic() - began)
                self.assertEqual(answer.status, 200)
            print(f"# beside {FLOOD} slow connections and {FILES} files operators waited {slowest * 1000:.0f} ms at most", file=sys.stderr)
            self.assertLess(slowest, 2)
            files = len(os.listdir(f"/proc/{self.process.pid}/fd"))
            self.assertLess(files, FILES)
        finally:
            for slow in held:
                slow.close()
        wait_for_http(f"http://127.0.0.1:{self.public}/s/mail", 20)
        self.assertEqual(ask(self.public, "/s/mail")[0].status, 200)


if __name__ == "__main__":
    unittest.main(verbosity=2)
