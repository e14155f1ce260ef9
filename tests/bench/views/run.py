#!/usr/bin/env python3
"""Page views a second of one service page: Outcry against nginx serving the same bytes as a file, interleaved in one run.

Both send the page as gzip, both keep connections open. Closed loop for the rate, then the CPU of the server's processes per
request, also for answers that say 304. The run fails below 2,000 views a second or above 1.5 times nginx's CPU.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "support"))
from processes import (PrivatePostgres, Program, children, cpu_seconds, end, refuse_busy_port,  # noqa: E402
                       wait_for_http)

SLUG = "bench"
LEAST_VIEWS, MOST_RATIO = 2000, 1.5

# Three days of reports, so that the page has a chart with a range that is usual.
HISTORY = """
update service set created = now() - interval '3 days';
insert into bin (service_id, minute, reports)
select id, at, 1 + (random() * 4)::int
from generate_series(date_trunc('minute', now()) - interval '3 days', now() - interval '3 minutes', '1 minute') as at, service"""

NGINX = """
worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; gzip_static on; types {{ text/html html; }}
    client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3; uwsgi_temp_path {folder}/4;
    scgi_temp_path {folder}/5;
    server {{ listen 127.0.0.1:{port}; root {folder}/site; }}
}}"""


class Candidate:
    def __init__(self, name, url, cpu):
        self.name, self.url, self.cpu = name, url, cpu
        self.results = {}  # kind of answer: [(views a second, µs a view)]


def fetch(url, **headers):
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.headers, answer.read()


def drive(candidate, kind, headers, options):
    """One closed loop; the views a second and the server's CPU for each."""
    command = ["wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}s", "--timeout", "10s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    before = candidate.cpu()
    output = subprocess.run([*command, candidate.url], check=True, capture_output=True, text=True,
                            timeout=options.seconds + 60).stdout
    spent = candidate.cpu() - before
    views = int(re.search(r"(\d+) requests in", output).group(1))
    if "Non-2xx" in output and kind != "304":
        sys.exit(f"{candidate.name} did not answer as asked:\n{output}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
    candidate.results.setdefault(kind, []).append((rate, spent * 1e6 / max(views, 1)))
    print(f"  {candidate.name:7} {kind:6} {rate:9.0f}/s {candidate.results[kind][-1][1]:7.1f} µs", file=sys.stderr)


def serve_bytes(folder, port, page, packed):
    """The same bytes in nginx's folder, plain and compressed, and nginx on them."""
    (folder / "site").mkdir(parents=True)
    (folder / "site" / f"{SLUG}.html").write_bytes(page)
    (folder / "site" / f"{SLUG}.html.gz").write_bytes(packed)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    folder.chmod(0o755)
    return subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def compare(outcry, nginx, options):
    packed = {"Accept-Encoding": "gzip"}
    for number in range(1, options.rounds + 1):
        print(f"round {number}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        for candidate in (outcry, nginx):
            drive(candidate, "gzip", packed, options)
        for candidate in (outcry, nginx):
            drive(candidate, "plain", {}, options)
        for candidate in (outcry, nginx):
            seen, _ = fetch(candidate.url, Accept_Encoding="gzip")
            drive(candidate, "304", {**packed, "If-None-Match": seen["etag"]}, options)


def report(outcry, nginx, options):
    rows = []
    for kind in outcry.results:
        ours, theirs = outcry.results[kind], nginx.results[kind]
        rows.append({"answer": kind, "views_per_second": round(statistics.median(rate for rate, _ in ours)),
                     "cpu_us": round(statistics.median(cpu for _, cpu in ours), 1),
                     "nginx_views_per_second": round(statistics.median(rate for rate, _ in theirs)),
                     "nginx_cpu_us": round(statistics.median(cpu for _, cpu in theirs), 1),
                     "ratio": round(statistics.median(o[1] / t[1] for o, t in zip(ours, theirs)), 2)})
    if options.json:
        print(json.dumps(rows))
    else:
        print(f"{'answer':8}{'views/s':>10}{'µs CPU':>9}{'nginx/s':>10}{'µs CPU':>9}{'ratio':>8}")
        for row in rows:
            print(f"{row['answer']:8}{row['views_per_second']:10}{row['cpu_us']:9}{row['nginx_views_per_second']:10}"
                  f"{row['nginx_cpu_us']:9}{row['ratio']:8}")
    first = rows[0]
    if first["views_per_second"] < LEAST_VIEWS or first["ratio"] > MOST_RATIO:
        sys.exit(f"wanted: {LEAST_VIEWS} views a second at {MOST_RATIO} times nginx's CPU or less")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("outcry", help="the executable, such as build/release/outcry")
    options.add_argument("--connections", type=int, default=64)
    options.add_argument("--seconds", type=int, default=4)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--port", type=int, default=18800)
    options.add_argument("--json", action="store_true")
    options = options.parse_args()
    for port in (options.port, options.port + 1):
        refuse_busy_port(port)
    page = f"http://127.0.0.1:{options.port}/s/{SLUG}"
    folder = Path(tempfile.mkdtemp(prefix="outcry-views-", dir="/var/tmp"))
    try:
        with PrivatePostgres(databases=["outcry"]) as postgres:
            outcry = Program(options.outcry, {
                "OUTCRY_DATABASE": postgres.dsn("outcry"), "OUTCRY_LISTEN": f"127.0.0.1:{options.port}",
                "OUTCRY_STATE_DIR": str(folder / "state"), "OUTCRY_LOG_LEVEL": "warn", "OUTCRY_STARTER_CATALOGUE": "false"})
            outcry.run("migrate")
            outcry.run("service", "add", SLUG, "--name", "Bench", "--category", "login=Signing in")
            postgres.ask("outcry", HISTORY)
            with outcry.running("serve") as program:
                wait_for_http(f"http://127.0.0.1:{options.port}/readyz", 120)
                plain, packed = fetch(page)[1], fetch(page, Accept_Encoding="gzip")[1]
                print(f"{len(plain)} bytes, {len(packed)} as gzip; {options.connections} connections, {options.rounds} rounds"
                      f" of {options.seconds} s, load before: {os.getloadavg()[0]:.1f}", file=sys.stderr)
                nginx = serve_bytes(folder, options.port + 1, plain, packed)
                try:
                    wait_for_http(f"http://127.0.0.1:{options.port + 1}/{SLUG}.html")
                    both = (Candidate("Outcry", page, lambda: cpu_seconds(program.pid)),
                            Candidate("nginx", f"http://127.0.0.1:{options.port + 1}/{SLUG}.html",
                                      lambda: sum(map(cpu_seconds, children(nginx.pid)))))
                    compare(*both, options)
                finally:
                    end(nginx)
        report(*both, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
