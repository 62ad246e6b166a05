"""What race mode costs: each program plain and with accesses recorded, alone and while another thread lives.

    python3 bench/race.py [--python PATH] [--repeat N] [PROGRAM ...]

Runs alternate; printed are medians of CPU time, as ratios of one call. Function spans are off, locks are recorded.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLI = HERE.parent / "dist" / "cli.js"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("programs", nargs="*", default=["ordinary", "attributes", "methods", "locked"])
    options = parser.parse_args()
    for program in options.programs:
        print(f"{program:12}", *(f"{how}: {cost(options, program, how)}" for how in ("alone", "shared")), sep="  ")


def cost(options, program: str, how: str) -> str:
    path = HERE / "race_programs" / f"{program}.py"
    plain_command = [options.python, str(path)]
    race_command = [
        "node", str(CLI), "run", "--race", "--no-spans", "--json", os.devnull, "--python", options.python, str(path)]  # fmt: skip
    plain, race = [], []
    for _ in range(options.repeat):
        plain.append(figure(plain_command, how))
        race.append(figure(race_command, how))
    return f"{statistics.median(race) / statistics.median(plain):.2f}x of {statistics.median(plain):.3f} s"


def figure(command: list[str], how: str) -> float:
    environment = dict(os.environ, BENCH_SHARED="1" if how == "shared" else "")
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
    )
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    main()
