#!/usr/bin/env python3
"""How long one minute's tick of the board takes with 33,000 services of 50 regions each. Options: services, regions.

Times are CPU time of one core. The run fails when an everyday tick, or one during a large outage, takes more than 50 ms."""
import subprocess
import sys
from pathlib import Path

build = Path(sys.argv[1]).resolve().parent
subprocess.run(["cmake", "--build", build, "--target", "bench_tick"], check=True, stdout=subprocess.DEVNULL)
sys.exit(subprocess.run([build / "tests" / "bench_tick", *sys.argv[2:]]).returncode)
