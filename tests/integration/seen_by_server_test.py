#!/usr/bin/env python3
"""What one process changes, a running server sees: services by another program and by its own API, who may sign in, incidents."""
import contextlib
import http.client
import json
import os
import re
import shutil
import sys
import tempfile
import time
import unittest
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from processes import PrivatePostgres, Program, ask, end, free_port, wait_for_http  # noqa: E402

OUTCRY = os.environ.get("OUTCRY", str(Path(__file__).resolve().parents[2] / "build/dev/outcry"))
PASSWORD, OTHER = "olive tractor quiet seven", "seven quiet tractors, olive"

# Ten quiet days, and users who have been reporting both services for a quarter of an hour.
HISTORY = """
    update service set created = now() - interval '11 days';
    update detector_settings set since = now() - interval '11 days', hold_minutes = 0, least_reports = 5;
    insert into bin (service_id, minute, reports)
    select id, minute, case when minute >= complete_until - interval '15 minutes' then 30 else (extract(minute from minute)::int % 7 = 0)::int end
    from service, tally_state, generate_series(complete_until - interval '10 days', complete_until - interval '1 minute', '1 minute') minute;
    delete from detector_state;
    update board_state set recorded_until = (select complete_until from tally_state) - interval '1 hour';
"""


class Browser:
    """Somebody's cookies, and forms sent as from the page before."""

    def __init__(self, port):
        self.port, self.cookie = port, ""

    def ask(self, method, path, form=None):
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = urllib.parse.urlencode(form) if form is not None else None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            if cookie := answer.getheader("Set-Cookie"):
                self.cookie = cookie.split(";")[0]
        return answer.status, text

    def get(self, path):
        return self.ask("GET", path)[0]

    def post(self, path, form, page="/admin/account"):
        csrf = re.search(r'name="csrf" value="([^"]+)"', self.ask("GET", page)[1]).group(1) if self.cookie else ""
        return self.ask("POST", path, {**form, "csrf": csrf})[0]


class SeenByServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = PrivatePostgres(databases=["outcry"])
        cls.postgres.__enter__()
        cls.addClassCleanup(cls.postgres.__exit__)
        folder = Path(tempfile.mkdtemp(prefix="outcry-seen-", dir="/var/tmp"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        cls.port = free_port()
        cls.program = Program(OUTCRY, {"OUTCRY_DATABASE": cls.postgres.dsn("outcry"), "OUTCRY_STATE_DIR": str(folder),
                                       "OUTCRY_LISTEN": f"127.0.0.1:{cls.port}", "OUTCRY_STARTER_CATALOGUE": "false"})
        cls.run_("migrate")
        for slug in ("mail", "chat"):
            cls.run_("service", "add", slug, "--name", slug.title())
        process = cls.start()  # begins to count
        end(process)
        ask(cls.postgres.dsn("outcry"), HISTORY)
        cls.addClassCleanup(end, cls.start())
        cls.token = cls.run_("token", "create", "all", "--scope", "admin").strip()

    @classmethod
    def start(cls):
        process = cls.program.start("serve")
        wait_for_http(f"http://127.0.0.1:{cls.port}/readyz", 60)
        return process

    @classmethod
    def run_(cls, *arguments):
        return cls.program.run(*arguments)

    def api(self, method, path, body=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, path, json.dumps(body) if body is not None else None,
                               {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            text = answer.read()
        return answer.status, json.loads(text) if text.startswith(b"{") else text

    def within(self, seconds, question, wanted):
        """Asks until it is so; for how long that took."""
        began = time.monotonic()
        while (seen := question()) != wanted:
            self.assertLess(time.monotonic() - began, seconds, f"{seen}, not {wanted}")
            time.sleep(0.02)

    def person(self, name, role="operator"):
        """A browser in which a new user of this name has signed in."""
        browser = Browser(self.port)
        link = urllib.parse.urlparse(self.run_("user", "add", name, "--role", role).strip()).path
        self.assertEqual(browser.post(link, {"password": PASSWORD, "again": PASSWORD}), 303)
        self.assertEqual(browser.get("/admin"), 200)
        return browser

    def signed_in(self, name, password=PASSWORD):
        browser = Browser(self.port)
        self.assertEqual(browser.post("/admin/sign-in", {"name": name, "password": password, "next": "/admin"}), 303)
        return browser

    def test_a_service_is_there_at_once_for_who_added_it_here_and_soon_for_who_did_it_elsewhere(self):
        self.assertEqual(self.api("GET", "/s/by-api")[0], 404)
        self.assertEqual(self.api("PUT", "/api/v1/admin/services/by-api", {"slug": "by-api", "name": "By API"}, if_none_match="*")[0], 201)
        self.assertEqual(self.api("GET", "/s/by-api")[0], 200)
        self.assertEqual(self.api("POST", "/api/v1/services/by-api/reports", {})[0], 202)
        catalogue = {"services": [{"slug": "by-file", "name": "By file"}]}
        self.assertEqual(self.api("PUT", "/api/v1/admin/catalogue", catalogue, if_match="*")[0], 200)
        self.assertEqual(self.api("GET", "/s/by-file")[0], 200)
        mara = self.person("by-form")
        self.assertEqual(mara.post("/admin/services", {"slug": "by-form", "name": "By form", "zone": "UTC"}), 303)
        self.assertEqual(mara.get("/s/by-form"), 200)
        self.assertEqual(self.api("DELETE", "/api/v1/admin/services/by-file", if_match="*")[0], 204)
        self.assertEqual(self.api("GET", "/s/by-file")[0], 404)

        self.run_("service", "add", "by-command", "--name", "By command")
        self.within(1, lambda: self.api("GET", "/s/by-command")[0], 200)

    def test_whoever_is_disabled_is_signed_out_that_moment_and_a_role_holds_from_the_next_request(self):
        self.person("root", "admin")  # who is left when jo is no admin any more
        one = self.person("jo")
        two = self.signed_in("jo")
        self.assertEqual((one.get("/admin/users"), two.get("/admin/services/new")), (403, 200))
        self.run_("user", "role", "jo", "admin")
        self.assertEqual((one.get("/admin/users"), two.get("/admin/users")), (200, 200))
        self.run_("user", "role", "jo", "viewer")
        self.assertEqual((one.get("/admin/users"), two.get("/admin/services/new")), (403, 403))
        self.run_("user", "disable", "jo")
        self.assertEqual((one.get("/admin"), two.get("/admin")), (303, 303))
        self.assertEqual(Browser(self.port).post("/admin/sign-in", {"name": "jo", "password": PASSWORD, "next": "/admin"}), 401)
        self.run_("user", "enable", "jo")
        self.assertEqual((one.get("/admin"), two.get("/admin")), (303, 303))
        self.assertEqual(self.signed_in("jo").get("/admin"), 200)

    def test_a_link_that_was_given_before_somebody_was_disabled_is_no_way_in_afterwards(self):
        self.person("kim")
        link = urllib.parse.urlparse(self.run_("user", "passwd", "kim").strip()).path
        self.run_("user", "disable", "kim")
        self.assertEqual(Browser(self.port).get(link), 410)
        self.run_("user", "enable", "kim")
        self.assertEqual(Browser(self.port).get(link), 410)

    def test_a_new_password_signs_out_every_other_browser(self):
        one, two = self.person("lee"), self.signed_in("lee")
        link = urllib.parse.urlparse(self.run_("user", "passwd", "lee").strip()).path
        self.assertEqual((one.get("/admin"), two.get("/admin")), (200, 200))  # until the link is used
        three = Browser(self.port)
        self.assertEqual(three.post(link, {"password": OTHER, "again": OTHER}), 303)
        self.assertEqual((one.get("/admin"), two.get("/admin"), three.get("/admin")), (303, 303, 200))
        four = self.signed_in("lee", OTHER)
        self.assertEqual(three.post("/admin/account/password", {"current": OTHER, "password": PASSWORD}), 200)
        self.assertEqual((three.get("/admin"), four.get("/admin")), (200, 303))

    def test_a_token_that_is_revoked_is_refused_that_moment(self):
        self.token, admin = self.run_("token", "create", "short", "--scope", "read").strip(), self.token
        self.assertEqual(self.api("GET", "/api/v1/admin/catalogue")[0], 200)
        self.run_("token", "revoke", "short")
        self.assertEqual(self.api("GET", "/api/v1/admin/catalogue")[0], 401)
        self.token = admin

    def open_incident(self, slug):
        [incident] = json.loads(self.run_("incident", "list", "--service", slug, "--state", "open", "--json"))
        return incident["id"]

    def test_an_incident_that_is_closed_in_a_shell_ends_on_every_page_with_the_minute(self):
        incident = self.open_incident("mail")
        self.assertEqual(self.api("GET", f"/api/v1/incidents/{incident}")[1]["state"], "open")
        ends = json.loads(self.run_("incident", "close", incident, "--note", "a drill", "--json"))["ends"]
        self.within(90, lambda: self.api("GET", f"/api/v1/incidents/{incident}")[1]["state"], "closed")
        told = self.api("GET", f"/api/v1/incidents/{incident}")[1]
        self.assertEqual((told["ended_by"], told["closed"]), ("operator", ends))
        self.assertIsNone(self.api("GET", "/api/v1/services/mail")[1]["incident"])
        self.assertEqual(json.loads(self.run_("incident", "list", "--service", "mail", "--state", "open", "--json")), [])

    def test_an_open_incident_ends_with_its_service_and_says_so(self):
        incident = self.open_incident("chat")
        self.run_("service", "archive", "chat", "--note", "merged into mail")
        told = self.api("GET", f"/api/v1/incidents/{incident}")[1]
        self.assertEqual((told["state"], told["ended_by"], told["timeline"][-1]["event"]), ("closed", "archived", "closed"))
        self.assertIn("Incident closed", self.api("GET", f"/i/{incident}")[1].decode())
        self.within(1, lambda: self.api("GET", "/s/chat")[0], 404)
        line = ask(self.postgres.dsn("outcry"), f"select action, why from audit where object = 'incident {incident} of chat'")
        self.assertEqual(line, "incident.close|merged into mail")


if __name__ == "__main__":
    unittest.main()
