#!/usr/bin/env python3
"""The executable as a person meets it: exit codes, sentences with a cause and a next step, data apart from talk."""
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
from processes import PrivatePostgres, Program, ask, end, free_port, wait_for_http  # noqa: E402

OUTCRY = os.environ.get("OUTCRY", str(Path(__file__).resolve().parents[2] / "build/dev/outcry"))
WELL, FAILED, USAGE, CONFIG, DATABASE = range(5)


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = PrivatePostgres(databases=["outcry"])
        cls.postgres.__enter__()
        cls.addClassCleanup(cls.postgres.__exit__)
        cls.folder = Path(tempfile.mkdtemp(prefix="outcry-cli-", dir="/var/tmp"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.outcry = Program(OUTCRY, {"OUTCRY_DATABASE": cls.postgres.dsn("outcry"), "OUTCRY_STATE_DIR": str(cls.folder)})
        cls.outcry.run("migrate")

    def call(self, *arguments, wanted=WELL, **environment):
        done = Program(OUTCRY, {**self.outcry.environment, **environment}).run(*arguments, check=False)
        self.assertEqual(done.returncode, wanted, f"{arguments}: {done.stdout}{done.stderr}")
        return done

    def refused(self, *arguments, wanted, says, **environment):
        """The sentence on standard error names its cause and, on a line of its own, what to type next."""
        done = self.call(*arguments, wanted=wanted, **environment)
        self.assertEqual(done.stdout, "")
        self.assertIn("outcry: ", done.stderr)
        self.assertIn("\n  try: ", done.stderr)
        for words in says:
            self.assertIn(words, done.stderr)

    def settings(self, text):
        file = self.folder / "outcry.toml"
        file.write_text(text)
        return str(file)

    def test_version_is_data_and_can_be_json(self):
        self.assertRegex(self.call("version").stdout, r"^outcry \d+\.\d+\.\d+\n$")
        self.assertEqual(json.loads(self.call("version", "--json").stdout)["name"], "outcry")

    def test_a_wrong_command_line_is_a_matter_of_usage(self):
        self.assertIn("--help", self.call(wanted=USAGE).stderr)
        self.refused("srve", wanted=USAGE, says=['"srve"', "outcry serve"])
        self.call("service", "add", wanted=USAGE)
        self.call("detector", "set", "outlook", "--hold", "99", wanted=USAGE)

    def test_a_wrong_settings_file_is_refused_with_the_line_and_the_nearest_key(self):
        file = self.settings('threads = 2\nlisten_adress = "x"\n')
        self.refused("serve", "--config", file, wanted=CONFIG, says=["line 2", '"listen_adress"', "did you mean"])
        self.refused("serve", "--config", "/nowhere.toml", wanted=CONFIG, says=["/nowhere.toml", "cannot be read"])
        self.refused("serve", wanted=CONFIG, says=["OUTCRY_THREADS"], OUTCRY_THREADS="many")

    def test_a_port_in_use_is_told_before_anything_is_started(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.refused("serve", wanted=FAILED, says=[f"127.0.0.1:{port}", "in use", "OUTCRY_LISTEN="],
                         OUTCRY_LISTEN=f"127.0.0.1:{port}")

    def test_an_unreachable_database_is_named_without_its_password(self):
        dsn = "host=127.0.0.1 port=1 user=me password=hunter2 dbname=x connect_timeout=1"
        done = self.call("service", "list", wanted=DATABASE, OUTCRY_DATABASE=dsn)
        self.assertIn("cannot be reached", done.stderr)
        self.assertIn("  try: ", done.stderr)
        self.assertNotIn("hunter2", done.stderr + done.stdout)

    def test_a_migration_that_was_edited_stops_the_start(self):
        dsn = self.postgres.dsn("outcry")
        table = ask(dsn, "select c.table_name from information_schema.columns c where c.column_name = 'checksum'")
        before = ask(dsn, f"select checksum from {table} where number = 2")
        try:
            ask(dsn, f"update {table} set checksum = overlay(checksum placing '0000' from 1 for 4) where number = 2")
            self.refused("serve", wanted=DATABASE, says=["0002_catalogue"], OUTCRY_LISTEN=f"127.0.0.1:{free_port()}")
        finally:
            ask(dsn, f"update {table} set checksum = '{before}' where number = 2")

    def test_the_catalogue_goes_out_and_comes_back(self):
        self.call("service", "import")
        exported = self.call("service", "export").stdout
        self.assertGreater(len(json.loads(exported)["services"]), 150)
        file = self.folder / "catalogue.json"
        file.write_text(exported)
        self.assertEqual(self.call("service", "import", str(file), "--dry-run").stdout, "")
        file.write_text(exported.replace('"name":"Outlook"', '"name":"Outlook!"'))
        self.assertEqual(self.call("service", "import", str(file), "--dry-run").stdout, "outlook: name\n")
        listed = json.loads(self.call("service", "list", "--json").stdout)
        self.assertIn("Outlook", [service["name"] for service in listed])

    def test_a_broken_catalogue_changes_nothing_and_names_the_place(self):
        file = self.folder / "broken.json"
        file.write_text('{"services":[{"slug":"first","name":"First"},{"slug":"second","nme":"Second"}]}')
        self.refused("service", "import", str(file), wanted=FAILED, says=["services[1] (second)", 'did you mean "name"?'])
        self.assertNotIn("first\t", self.call("service", "list").stdout)

    def test_one_service_is_added_edited_and_tuned(self):
        self.call("service", "add", "by-hand", "--name", "By hand", "--category", "login=Signing in", "--zone", "Europe/Berlin")
        self.refused("service", "add", "by-hand", "--name", "Again", wanted=FAILED, says=["already"])
        self.call("service", "edit", "by-hand", "--homepage", "https://hand.example")
        self.refused("service", "edit", "nobody", "--name", "x", wanted=FAILED, says=["nobody"])
        [service] = [s for s in json.loads(self.call("service", "list", "--json").stdout) if s["slug"] == "by-hand"]
        self.assertEqual((service["name"], service["homepage"], service["zone"]), ("By hand", "https://hand.example", "Europe/Berlin"))
        self.refused("service", "edit", "by-hand", "--zone", "Europe/Berln", wanted=FAILED, says=["Europe/Berln", "IANA"])
        self.call("detector", "set", "by-hand", "--least-reports", "9", "--note", "small")
        shown = json.loads(self.call("detector", "show", "by-hand", "--json").stdout)
        self.assertEqual((shown["least_reports"], shown["version"]), (9, 2))

    def test_a_backtest_tells_what_a_draft_would_have_changed(self):
        self.call("service", "add", "looked-back-at", "--name", "Looked back at")
        self.refused("backtest", "looked-back-at", wanted=FAILED, says=["nothing has been counted"])
        ask(self.postgres.dsn("outcry"), """
            update service set created = '2026-01-01' where slug = 'looked-back-at';
            update detector_settings set since = '2026-01-01' where service_id = (select id from service where slug = 'looked-back-at');
            update tally_state set complete_until = '2026-01-22 12:00+00';
            insert into bin (service_id, minute, reports)
            select id, at, case when at between '2026-01-20 09:00+00' and '2026-01-20 10:00+00' then 40
                                when at between '2026-01-21 09:00+00' and '2026-01-21 09:30+00' then 1 else 0 end
                           + (extract(minute from at)::int % 20 = 0)::int
            from service, generate_series(timestamptz '2026-01-01 00:00+00', '2026-01-22 11:59+00', '1 minute') as at
            where slug = 'looked-back-at'""")
        self.addCleanup(ask, self.postgres.dsn("outcry"), "update tally_state set complete_until = null")
        same = json.loads(self.call("backtest", "looked-back-at", "--window", "7d", "--json").stdout)
        self.assertEqual((same["from"], same["to"]), ("2026-01-15T12:00:00Z", "2026-01-22T12:00:00Z"))
        self.assertEqual(same["learned_from"], "2026-01-01T00:00:00Z")
        self.assertEqual(same["alerts"]["saved"], same["alerts"]["draft"])
        self.assertEqual(same["alerts"]["saved"][0]["opened"][:10], "2026-01-20")
        strict = self.call("backtest", "looked-back-at", "--window", "7d", "--set", "least_reports=500", "--set", "hold=10")
        self.assertIn(" min slower", strict.stdout)
        self.assertRegex(strict.stdout, r"\+\d+ min +2026-01-20 09:")
        none = json.loads(self.call("backtest", "looked-back-at", "--window", "7d", "--set", "least_reports=100000", "--json").stdout)
        self.assertEqual(none["removed"], none["alerts"]["saved"])
        self.assertIsNone(none["summary"]["minutes_later"])

    def test_a_backtest_names_what_is_out_of_range(self):
        self.refused("backtest", "nobody", wanted=FAILED, says=["nobody", "outcry service list"])
        self.refused("backtest", "nobody", "--set", "hold=61", wanted=USAGE, says=["hold=61", "from 0 to 60"])
        self.refused("backtest", "nobody", "--set", "colour=1", wanted=USAGE, says=["false_alarms_per_year, least_reports, hold, clear"])
        self.refused("backtest", "nobody", "--window", "1y", wanted=USAGE, says=["1d to 90d"])

    def audit(self, of):
        """What the log says of an object, oldest first: action, before, after, why; each line names who typed it."""
        lines = json.loads(ask(self.postgres.dsn("outcry"), f"""select json_agg(json_build_array(actor, action, before, after, why) order by id)
            from audit where object = '{of}'"""))
        for actor, *_ in lines: self.assertRegex(actor, r"^command line \(.+\)$")
        return [line[1:] for line in lines]

    def test_every_command_that_changes_something_writes_who_what_from_to_and_why(self):
        self.call("service", "add", "told", "--name", "Told", "--note", "asked for")
        self.call("service", "edit", "told", "--name", "Retold", "--note", "renamed")
        self.call("detector", "set", "told", "--least-reports", "9", "--note", "small")
        self.call("service", "archive", "told", "--note", "gone")
        actions = self.audit("service told")
        self.assertEqual([(action, why) for action, _, _, why in actions],
            [("service.add", "asked for"), ("service.edit", "renamed"), ("detector.save", "small"), ("service.archive", "gone")])
        self.assertEqual([before is None for _, before, _, _ in actions], [True, False, False, False])
        self.assertEqual((actions[1][1]["name"], actions[1][2]["name"]), ("Told", "Retold"))
        self.call("user", "add", "vera", "--note", "night shift")
        self.call("user", "passwd", "Vera", "--note", "lost it")
        self.call("user", "role", "vera", "operator", "--note", "trained")
        self.call("user", "disable", "vera", "--note", "left")
        self.call("user", "enable", "vera")
        self.assertEqual([(action, why) for action, _, _, why in self.audit("user vera")],
            [("user.add", "night shift"), ("user.link", "lost it"), ("user.role", "trained"), ("user.disable", "left"), ("user.enable", "")])

    def declare(self, slug, opened, closed=None, id=None):
        """An incident as the pulse records it, of a service that is there; its id."""
        ask(self.postgres.dsn("outcry"), f"insert into service (slug, name, created) values ('{slug}', '{slug}', '2026-01-01') on conflict do nothing")
        end = f"'{closed}', " if closed else "null, "
        return ask(self.postgres.dsn("outcry"), f"""
            insert into incident (id, service_id, settings_version, began, opened, closed, ending, revised, peak, peak_at, total, reason_until, reason_state,
                reason_observed, reason_expected, reason_low, reason_high, reason_score, reason_threshold, reason_since, reason_reports, reason_last_hour)
            select gen_random_uuid(), id, 1, timestamptz '{opened}' - interval '9 minutes', '{opened}', {end} {"'calm'" if closed else "null"}, '{opened}', 412, '{opened}', 1234,
                '{opened}', 'spike', 112, 3.25, 1, 7, 20, 12, '{opened}', 130, 112 from service where slug = '{slug}' returning id""")

    def test_incidents_are_listed_by_state_service_and_time_and_shown(self):
        gone, still = self.declare("listed", "2026-02-01 10:00+00", "2026-02-01 11:30+00"), self.declare("listed", "2026-02-03 10:00+00")
        other = self.declare("listed-too", "2026-02-02 10:00+00", "2026-02-02 10:40+00")
        def ids(*filters): return [line.split("\t")[0] for line in self.call("incident", "list", *filters).stdout.splitlines()]
        self.assertEqual(ids("--service", "listed"), [still, gone])
        self.assertEqual(ids("--service", "listed", "--state", "open"), [still])
        self.assertEqual(ids("--service", "listed", "--since", "2026-02-01T11:30:00Z"), [still, gone])
        self.assertEqual(ids("--service", "listed", "--since", "2026-02-01T12:30:01+01:00"), [still])
        few = self.call("incident", "list", "--service", "listed", "--limit", "1")
        self.assertEqual(few.stdout, f"{still}\tlisted\topen\t2026-02-03T10:00:00Z\t-\t412\t1234\n")
        self.assertIn("--limit", few.stderr)
        [told] = json.loads(self.call("incident", "list", "--service", "listed-too", "--json").stdout)
        self.assertEqual((told["id"], told["service"]["slug"], told["opened"], told["closed"], told["peak"]["reports_15m"]),
            (other, "listed-too", "2026-02-02T10:00:00Z", "2026-02-02T10:40:00Z", 412))
        shown = json.loads(self.call("incident", "show", gone, "--json").stdout)
        self.assertEqual((shown["reasons"]["observed"], shown["ended_by"], shown["acknowledged"], shown["labels"]), (112, "calm", None, []))
        self.assertIn("closed\t2026-02-01T11:30:00Z\n", self.call("incident", "show", gone).stdout)
        self.call("service", "archive", "listed-too")
        self.assertEqual(ids("--service", "listed-too"), [other])

    def test_an_incident_is_closed_and_labelled_as_in_the_console_and_the_log_has_it(self):
        over, still = self.declare("acted-on", "2026-02-01 10:00+00", "2026-02-01 11:30+00"), self.declare("acted-on", "2026-02-03 10:00+00")
        self.call("incident", "close", still, wanted=USAGE)
        closed = json.loads(self.call("incident", "close", still, "--note", "a drill", "--json").stdout)
        self.assertRegex(closed["ends"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:00Z$")
        self.refused("incident", "close", still, "--note", "again", wanted=FAILED, says=["already", f"outcry incident show {still}"])
        self.refused("incident", "close", over, "--note", "late", wanted=FAILED, says=["closed already"])
        self.assertEqual(json.loads(self.call("incident", "show", still, "--json").stdout)["ends"], closed["ends"])

        self.refused("incident", "label", over, "false", wanted=USAGE, says=["say why", f"outcry incident label {over} false --note"])
        self.call("incident", "label", over, "false", "--note", "a test of ours")
        shown = json.loads(self.call("incident", "show", over, "--json").stdout)
        self.assertEqual([note["text"] for note in shown["annotations"]], ["a test of ours"])
        self.assertEqual([(each["label"], each["began"], each["ended"]) for each in shown["labels"]], [("false", "2026-02-01T09:51:00Z", "2026-02-01T11:30:00Z")])
        self.call("incident", "label", over, "real", "--note", "it was one")
        self.assertIn("label\treal\tcommand line (", self.call("incident", "show", over).stdout)
        self.call("incident", "label", over, "perhaps", wanted=USAGE)

        self.assertEqual([(action, why) for action, _, _, why in self.audit(f"incident {still} of acted-on")], [("incident.close", "a drill")])
        self.assertEqual([(action, why) for action, _, _, why in self.audit(f"incident {over} of acted-on")], [("incident.false", "a test of ours")])
        self.assertEqual([(action, why) for action, _, _, why in self.audit("service acted-on")], [("detector.label", "it was one")])

    def test_what_there_is_no_incident_of_is_told_with_the_next_step(self):
        nobody = "019be1c0-0000-7000-8000-000000000000"
        for id in (nobody, "nonsense"):
            self.refused("incident", "show", id, wanted=FAILED, says=[id, "outcry incident list"])
            self.refused("incident", "close", id, "--note", "x", wanted=FAILED, says=[id, "outcry incident list"])
            self.refused("incident", "label", id, "real", wanted=FAILED, says=[id, "outcry incident list"])
        self.refused("incident", "list", "--since", "yesterday", wanted=USAGE, says=["yesterday", "RFC 3339", "T14:30:00Z"])
        self.refused("incident", "list", "--service", "nobody", wanted=FAILED, says=["nobody", "outcry service list"])
        self.call("incident", "list", "--state", "new", wanted=USAGE)

    def test_a_note_that_cannot_be_kept_is_refused_before_anything_is_done(self):
        for note, says in ((b"caf\xe9", "UTF-8"), ("x" * 2001, "2000 characters")):
            for command in (["user", "add", "noted"], ["token", "create", "noted", "--scope", "read"], ["service", "add", "noted", "--name", "N"]):
                self.assertIn(says, self.call(*command, "--note", note, wanted=USAGE).stderr)
        self.assertEqual(ask(self.postgres.dsn("outcry"), "select count(*) from audit where object like '%noted'"), "0")

    def test_the_first_link_is_in_the_log(self):
        self.postgres.ask("postgres", "create database fresh")
        dsn = self.postgres.dsn("fresh")
        self.assertIn("/admin/link/", self.call("init", OUTCRY_DATABASE=dsn).stdout)
        self.call("init", OUTCRY_DATABASE=dsn)
        lines = [line.split("|") for line in ask(dsn, "select actor, action, object, after->>'shape' from audit order by id").splitlines()]
        for actor, *_ in lines: self.assertRegex(actor, r"^command line \(.+\)$")
        self.assertEqual([line[1:3] for line in lines], [["database.migrate", "database"], ["setup.link", "first operator"], ["setup.link", "first operator"]])
        self.assertRegex(lines[0][3], r"^\d{4}_")

    def test_a_token_is_shown_once_and_kept_as_a_hash(self):
        made = self.call("token", "create", "tuning", "--scope", "detector:preview")
        token = made.stdout.strip()
        self.assertRegex(token, r"^outcry_[A-Za-z0-9_-]{43}$")
        self.assertIn("cannot be shown again", made.stderr)
        self.refused("token", "create", "tuning", "--scope", "admin", wanted=FAILED, says=["in force already", "outcry token revoke tuning"])
        self.refused("token", "create", "two words", "--scope", "admin", wanted=USAGE, says=["visible"])
        self.call("token", "create", "other", "--scope", "everything", wanted=USAGE)
        self.call("token", "create", "other", wanted=USAGE)
        listed = self.call("token", "list", "--json").stdout
        self.assertEqual([(t["name"], t["scopes"]) for t in json.loads(listed)], [("tuning", ["detector:preview"])])
        self.assertNotIn(token, listed + ask(self.postgres.dsn("outcry"), "select * from operator_token"))
        self.call("token", "revoke", "tuning")
        self.assertEqual(self.call("token", "list").stdout, "")
        self.refused("token", "revoke", "tuning", wanted=FAILED, says=["outcry token list"])
        self.call("token", "create", "tuning", "--scope", "admin", "--scope", "detector:preview")
        self.call("token", "revoke", "tuning", "--note", "its laptop is lost")
        self.assertEqual(self.audit("token tuning"), [
            ["token.create", None, {"scopes": ["detector:preview"]}, ""], ["token.revoke", {"scopes": ["detector:preview"]}, None, ""],
            ["token.create", None, {"scopes": ["admin", "detector:preview"]}, ""],
            ["token.revoke", {"scopes": ["admin", "detector:preview"]}, None, "its laptop is lost"]])
        self.assertNotIn(token, ask(self.postgres.dsn("outcry"), "select * from audit"))

    def test_doctor_finds_what_is_wrong_and_says_what_to_type(self):
        findings = json.loads(self.call("doctor", "--json").stdout)
        self.assertTrue(all(finding["good"] for finding in findings), findings)
        done = self.call("doctor", wanted=FAILED, OUTCRY_DATABASE="host=127.0.0.1 port=1 connect_timeout=1")
        self.assertIn("PROBLEM  database", done.stdout)
        self.assertIn("try: ", done.stdout)

    def test_serve_reads_settings_again_and_stops_when_told(self):
        port = free_port()
        file = self.settings('[log]\nlevel = "info"\n')
        log = open(self.folder / "log", "w+")
        self.addCleanup(log.close)
        program = Program(OUTCRY, {**self.outcry.environment, "OUTCRY_LISTEN": f"127.0.0.1:{port}", "OUTCRY_CONFIG": file})
        process = program.start("serve", log=log)
        try:
            wait_for_http(f"http://127.0.0.1:{port}/readyz")
            Path(file).write_text('[log]\nlevel = "loud"\n')
            process.send_signal(signal.SIGHUP)
            self.wait_for_line(log, "the old ones stay")
            Path(file).write_text('max_connections = 500\n')
            process.send_signal(signal.SIGHUP)
            self.wait_for_line(log, "in force after the next start: max_connections")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                self.assertEqual(answer.status, 200)
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(20), WELL)
        finally:
            end(process)
        log.seek(0)
        for line in log:
            self.assertEqual(set(json.loads(line)), {"time", "level", "message"})

    def wait_for_line(self, log, words, deadline=10):
        until = time.monotonic() + deadline
        while time.monotonic() < until:
            if words in Path(log.name).read_text():
                return
            time.sleep(0.05)
        self.fail(f"the log never said \"{words}\": {Path(log.name).read_text()}")


if __name__ == "__main__":
    unittest.main()
