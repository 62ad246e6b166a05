"""Runs CPython's own tests with and without the recorder and prints every difference.

    python3 scripts/conformance.py [--python PATH ...] [--jobs N] [SUITE ...]

Without --python: every Python from 3.8 on that is found. Without SUITE: those that the recorder touches. A test that
differs counts as explained when docs/conformance.md names it in backticks; the exit status is 1 when one is not.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOT = ROOT / "runtime" / "interleave_rt" / "boot"
EXPLAINED = ROOT / "docs" / "conformance.md"
SUITES = [
    "test_thread", "test_threading", "test_threading_local", "test_queue", "test_concurrent_futures", "test_asyncio",
    "test_logging", "test_sched", "test_fork1", "test_subprocess", "test_interpreters",
    "test_multiprocessing_fork", "test_multiprocessing_spawn", "test_multiprocessing_forkserver",
]  # fmt: skip
SUITE_TIMEOUT_SECONDS = 1500


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", default=[], help="interpreter to test (repeatable)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("suites", nargs="*", metavar="SUITE")
    options = parser.parse_args()
    pythons = options.python or find_pythons()
    suites = options.suites or SUITES
    explained = set(re.findall(r"`([\w.]+)`", EXPLAINED.read_text() if EXPLAINED.exists() else ""))
    unexplained = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = [(python, suite, pool.submit(compare, python, suite)) for python in pythons for suite in suites]
        for python, suite, future in runs:
            tests, differences = future.result()
            print(f"{python} {suite}: {tests} tests, {len(differences)} differ", flush=True)
            for test, plain, recorded in differences:
                known = test in explained or test.split(".")[-1] in explained
                unexplained += not known
                print(f"  {test}: {plain} -> {recorded}{' (explained)' if known else ''}", flush=True)
    print(f"{unexplained} differences are not explained in docs/conformance.md")
    return 1 if unexplained else 0


def find_pythons() -> list[str]:
    """Every CPython from 3.8 on that the project's own test runner finds."""
    listed = subprocess.run(
        ["node", str(ROOT / "scripts" / "pythons.mjs")], stdout=subprocess.PIPE, check=True, text=True
    )
    return [line.split("\t")[-1] for line in listed.stdout.splitlines()]


def compare(python: str, suite: str) -> tuple[int, list[tuple[str, str, str]]]:
    """Number of tests of the suite, and (test, result without, result with the recorder) for those that differ."""
    plain = run_suite(python, suite, recorded=False)
    recorded = run_suite(python, suite, recorded=True)
    tests = sorted(plain.keys() | recorded.keys())
    differing = [(t, plain.get(t, "not run"), recorded.get(t, "not run")) for t in tests]
    return len(tests), [d for d in differing if d[1] != d[2]]


def run_suite(python: str, suite: str, *, recorded: bool) -> dict[str, str]:
    """Result of each test: passed, failed, skipped; under the suite's own name how it ended when that was not 0 or 2."""
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        results = os.path.join(folder, "results.xml")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("INTERLEAVE_")}
        if recorded:
            run_folder = os.path.join(folder, "run")
            os.mkdir(run_folder, 0o700)
            environment.update(INTERLEAVE_RUN=run_folder, INTERLEAVE_OPTIONS="limit=268435456", PYTHONPATH=str(BOOT))
        command = [python, "-m", "test", "--timeout", "300", "--junit-xml", results, suite]
        try:
            ended = subprocess.run(
                command, cwd=folder, env=environment, timeout=SUITE_TIMEOUT_SECONDS,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return {suite: "timed out"}
        if not os.path.exists(results):
            tail = ended.stdout.decode("utf-8", "replace").strip().splitlines()[-1:]
            return {suite: f"no results, status {ended.returncode} {' '.join(tail)}"}
        return dict(read_results(results))


def read_results(path: str):
    for case in ElementTree.parse(path).iter("testcase"):
        children = {child.tag for child in case}
        result = "failed" if children & {"failure", "error"} else "skipped" if "skipped" in children else "passed"
        yield case.get("name", ""), result


if __name__ == "__main__":
    sys.exit(main())
