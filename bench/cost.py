"""What recording costs: each program plain, recorded without spans, with, with lines, and (if installed) under VizTracer.

    python3 bench/cost.py [--python PATH] [--repeat N] [PROGRAM ...]

Runs alternate, so that a noisy machine disturbs all of them alike; printed are medians and ratios of one call. A program
prints its own figure, so the interpreter's start is not in it; `empty` measures just that, from outside.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BOOT = ROOT / "runtime" / "interleave_rt" / "boot"
CLI = ROOT / "dist" / "cli.js"
UNITS = {"lock": "ns", "empty": "s from outside"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("programs", nargs="*")
    options = parser.parse_args()
    programs = options.programs or sorted(path.stem for path in (HERE / "programs").glob("*.py"))
    version = subprocess.run(
        [options.python, "-c", "import sys; print(sys.version.split()[0])"], stdout=subprocess.PIPE, check=True
    ).stdout.decode()
    print(f"Python {version.strip()}, median of {options.repeat}")
    for program in programs:
        print(line(program, measure(options.python, HERE / "programs" / f"{program}.py", options.repeat)), flush=True)


def measure(python: str, program: Path, repeat: int) -> dict[str, list[float]]:
    """Figures of each variant, run in turn."""
    variants = {
        "plain": lambda folder: [python, str(program)],
        "recorded": lambda folder: [
            "node", str(CLI), "run", "--no-race", "--python", python, "--no-spans", "--json", os.devnull, str(program)],
        "spans": lambda folder: ["node", str(CLI), "run", "--no-race", "--python", python, "--json", os.devnull, str(program)],
        "lines": lambda folder: [
            "node", str(CLI), "run", "--no-race", "--lines", "--python", python, "--json", os.devnull, str(program)],
    }  # fmt: skip
    if program.stem == "empty":
        # Without the supervisor: what the program's own process has to do more.
        variants["in process"] = lambda folder: [python, str(program)]
    if has_viztracer(python):
        variants["viztracer"] = lambda folder: [
            python, "-m", "viztracer", "--quiet", "-o", os.path.join(folder, "out.json"), "--", str(program)]  # fmt: skip
    figures: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(repeat):
        for name, command in variants.items():
            folder = tempfile.mkdtemp(prefix="interleave-bench-")
            environment = dict(os.environ)
            if name == "in process":
                environment.update(INTERLEAVE_RUN=folder, INTERLEAVE_OPTIONS="limit=67108864", PYTHONPATH=str(BOOT))
            start = time.perf_counter()
            ended = subprocess.run(command(folder), env=environment, capture_output=True, timeout=600)
            elapsed = time.perf_counter() - start
            shutil.rmtree(folder, ignore_errors=True)
            if ended.returncode:
                raise SystemExit(f"{program.name} {name} ended with {ended.returncode}: {ended.stderr.decode()[-400:]}")
            if program.stem == "empty":
                figures[name].append(elapsed)
            else:
                figures[name].append(float(ended.stdout.decode().rsplit("figure", 1)[1].split()[0]))
    return figures


def has_viztracer(python: str) -> bool:
    return subprocess.run([python, "-c", "import viztracer"], stderr=subprocess.DEVNULL).returncode == 0


def line(program: str, figures: dict[str, list[float]]) -> str:
    plain = statistics.median(figures["plain"])
    cells = [f"{program:14} plain {plain:.4g} {UNITS.get(program, 's')}"]
    for name, values in figures.items():
        if name != "plain":
            value = statistics.median(values)
            cells.append(f"{name} {value / plain:.2f}x ({value - plain:+.4g})")
    return " | ".join(cells)


if __name__ == "__main__":
    main()
