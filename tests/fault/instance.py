"""One `outcry serve` with a private PostgreSQL under a temporary folder, and the questions that faults raise."""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from processes import Program, ask, end, free_port, wait_for_http  # noqa: E402

OUTCRY = os.environ.get("OUTCRY", str(Path(__file__).resolve().parents[2] / "build/dev/outcry"))

# Bins hold what the rows say, minute by minute and outcome by outcome; whatever differs comes out.
BINS_AGAINST_ROWS = """
with rows as (
    select service_id, minute, count(*) filter (where outcome = 0 and not works) as reports,
           count(*) filter (where outcome = 0 and works) as works, count(*) filter (where outcome = 1) as repeated,
           count(*) filter (where outcome = 2) as limited
    from report group by 1, 2),
bins as (select * from bin where minute >= '{began}')
select count(*) from rows full join bins using (service_id, minute)
where (rows.reports, rows.works, rows.repeated, rows.limited) is distinct from (bins.reports, bins.works, bins.repeated, bins.limited)
"""


class Instance:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="outcry-fault-", dir="/var/tmp"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.log = open(self.folder / "log", "w")
        self.program = Program(OUTCRY, {"OUTCRY_STATE_DIR": str(self.folder / "state"), "OUTCRY_DATABASE": "auto",
                                        "OUTCRY_LISTEN": f"127.0.0.1:{self.port}"})
        self.process = None
        self.began = "-infinity"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            end(self.process)
        self.log.close()
        if "KEEP" not in os.environ:
            shutil.rmtree(self.folder, ignore_errors=True)

    def live_through(self, slugs, days=10):
        """Ordinary days before the first start, so that there is something learned to lose."""
        self.process = self.program.start("serve", log=self.log)  # makes the database; empty until it is stopped
        wait_for_http(f"http://127.0.0.1:{self.port}/readyz", 60)
        names = ", ".join(f"'{slug}'" for slug in slugs)
        self.ask(f"""
            insert into bin (service_id, minute, reports)
            select id, minute, least(9, floor(-ln(1 - random()) * (1.5 + sin(extract(hour from minute) / 4))))
            from service, generate_series((select complete_until from tally_state) - interval '{days} days',
                                          (select complete_until from tally_state) - interval '1 minute', '1 minute') minute
            where slug in ({names})""")
        self.began = self.ask("select complete_until from tally_state")
        self.ask("delete from detector_state")
        self.kill()

    def start(self):
        """Seconds until it was ready."""
        self.process = self.program.start("serve", log=self.log)
        return wait_for_http(f"http://127.0.0.1:{self.port}/readyz", 60)

    def stop(self):
        end(self.process)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def kill_database(self):
        """PostgreSQL's own process, not Outcry's."""
        os.kill(int((self.folder / "state/postgresql/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def ask(self, sql):
        return ask(f"host={self.folder / 'state/postgresql'} user=outcry dbname=outcry", sql)

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=15) as answer:
            return json.load(answer)

    def wait_until_counted(self, deadline=60):
        until = time.monotonic() + deadline
        while self.ask("select count(*) from journal") != "0":
            if time.monotonic() > until:
                raise TimeoutError("the journal was never emptied")
            time.sleep(0.2)

    def stored(self):
        return self.ask("select id from report").split()

    def bins_that_differ_from_rows(self):
        return int(self.ask(BINS_AGAINST_ROWS.format(began=self.began)))

    def board(self, slugs):
        """How the services stand at the last complete minute, with all that was learned that can be seen from outside."""
        seen = {}
        for slug in slugs:
            service = self.get(f"/api/v1/services/{slug}")
            series = self.get(f"/api/v1/services/{slug}/series?step=15m")
            seen[slug] = {"service": service, "series": series}
        return seen


def last_words(instance, lines=15):
    return subprocess.run(["tail", f"-{lines}", instance.log.name], capture_output=True, text=True).stdout
