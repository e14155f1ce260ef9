"""Programs and databases that a test starts, watches and always ends; for tests and benchmarks that run the executable."""
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path


def refuse_busy_port(port):
    """A port that answers belongs to somebody else: measuring it would be a lie, ending it a crime."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SystemExit(f"port {port} is in use; end what listens there or choose another")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_http(url, deadline=30.0):
    """Seconds until `url` answered 200."""
    began = time.monotonic()
    while time.monotonic() - began < deadline:
        with contextlib.suppress(OSError, urllib.error.URLError):
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return time.monotonic() - began
        time.sleep(0.02)
    raise TimeoutError(f"{url} did not answer within {deadline} s")


def cpu_seconds(pid):
    """User and system time of a process and of its ended children, in seconds; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def children(pid):
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


class Program:
    """An executable with some environment."""

    def __init__(self, path, environment):
        self.path, self.environment = str(path), {**os.environ, **environment}

    def run(self, *arguments, check=True, timeout=120):
        """Runs it to its end; what it printed on standard output."""
        done = subprocess.run([self.path, *arguments], env=self.environment, text=True, capture_output=True, timeout=timeout)
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(arguments)}: exit {done.returncode}: {done.stderr.strip()}")
        return done if not check else done.stdout

    def start(self, *arguments, log=None):
        return subprocess.Popen([self.path, *arguments], env=self.environment, stdout=subprocess.DEVNULL,
                                stderr=log or subprocess.DEVNULL)

    @contextlib.contextmanager
    def running(self, *arguments, log=None):
        process = self.start(*arguments, log=log)
        try:
            yield process
        finally:
            end(process)


def end(process, grace=20):
    """Asks a process that we started to stop, and insists."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class PrivatePostgres:
    """A PostgreSQL with its data in a temporary folder and a socket instead of a port; durable, as in earnest."""

    def __init__(self, databases=()):
        self.databases = databases
        newest = max(Path("/usr/lib/postgresql").iterdir(), key=lambda version: float(version.name))
        self.binaries = newest / "bin"

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="outcry-pg-", dir="/var/tmp"))
        self.prefix = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.prefix = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
        data = self.folder / "data"
        self._call("initdb", "-D", data, "-U", "outcry_owner", "--auth=trust", "--data-checksums", "-E", "UTF8", "--no-sync")
        self.server = subprocess.Popen(
            [*self.prefix, self.binaries / "postgres", "-D", data, "-c", "listen_addresses=", "-c", "max_connections=100",
             "-c", f"unix_socket_directories={self.folder}", "-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB"],
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while subprocess.run([self.binaries / "pg_isready", "-q", "-h", self.folder]).returncode != 0:
            if time.monotonic() > deadline or self.server.poll() is not None:
                self.__exit__()
                raise RuntimeError("PostgreSQL did not start")
            time.sleep(0.05)
        for database in self.databases:
            self.ask("postgres", f"create database {database}")
        return self

    def __exit__(self, *_):
        end(self.server)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _call(self, program, *arguments):
        subprocess.run([*self.prefix, self.binaries / program, *arguments], check=True, cwd=self.folder,
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def dsn(self, database):
        return f"host={self.folder} user=outcry_owner dbname={database}"

    def url(self, database):
        return f"postgresql://outcry_owner@localhost/{database}?host={self.folder}"

    def ask(self, database, sql):
        return ask(self.dsn(database), sql)

    def cpu_seconds(self):
        return cpu_seconds(self.server.pid) + sum(cpu_seconds(child) for child in children(self.server.pid))


def ask(dsn, sql):
    """One answer of psql, rows by line, columns by |."""
    done = subprocess.run(["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", dsn, "-c", sql], text=True,
                          capture_output=True, timeout=300)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return done.stdout.strip()
