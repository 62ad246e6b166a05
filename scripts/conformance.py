"""Runs CPython's own tests with and without the recorder and prints every difference.

    python3 scripts/conformance.py [--python PATH ...] [--jobs N] [SUITE ...]

Without --python: every Python from 3.8 on that is found. Without SUITE: those that the recorder touches, and those of the
language, which are rewritten themselves: for spans, and for race mode with one thread and with several. A test that
differs counts as explained when docs/conformance.md names it in backticks; one that is not counts when it differs in a
second run of its suite too. The exit status is 1 when one counts, or when a suite gave no results to compare.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import os
import re
import signal
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
    "test_multiprocessing_main_handling",
]  # fmt: skip
REWRITTEN_SUITES = [
    "test_grammar", "test_generators", "test_dataclasses", "test_dict", "test_list", "test_scope", "test_patma",
    "test_fstring", "test_coroutines",
]  # fmt: skip
REWRITER = ROOT / "test" / "runtime" / "conformance_rewrite.py"
SUITE_TIMEOUT_SECONDS = 1500


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", default=[], help="interpreter to test (repeatable)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("suites", nargs="*", metavar="SUITE")
    options = parser.parse_args()
    pythons = options.python or find_pythons()
    suites = options.suites or SUITES + REWRITTEN_SUITES
    explained = set(re.findall(r"`([\w.]+)`", EXPLAINED.read_text() if EXPLAINED.exists() else ""))
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = [
            (python, suite, pool.submit(check_rewritten, python, suite))
            if suite in REWRITTEN_SUITES
            else (python, suite, pool.submit(check, python, suite, explained))
            for python in pythons
            for suite in suites
        ]
        for python, suite, future in runs:
            lines, counting = future.result()
            failures += counting
            print(f"{python} {suite}: " + "\n  ".join(lines), flush=True)
    print(f"{failures} differences are not explained in docs/conformance.md")
    return 1 if failures else 0


def find_pythons() -> list[str]:
    """Every CPython from 3.8 on that the project's own test runner finds."""
    listed = subprocess.run(
        ["node", str(ROOT / "scripts" / "pythons.mjs")], stdout=subprocess.PIPE, check=True, text=True
    )
    return [line.split("\t")[-1] for line in listed.stdout.splitlines()]


def check(python: str, suite: str, explained: set[str]) -> tuple[list[str], int]:
    """What to print of a suite, and how many of its differences count."""
    if not is_installed(python, suite):
        return ["not installed with this Python"], 0
    plain, recorded = run_suite(python, suite, recorded=False), run_suite(python, suite, recorded=True)
    if isinstance(plain, str) or isinstance(recorded, str):
        return [f"not compared: plain {describe(plain)}, recorded {describe(recorded)}"], 1
    tests, differences = len(plain.keys() | recorded.keys()), compare(plain, recorded)
    unexplained = {test for test in differences if not {test, test.split(".")[-1]} & explained}
    again: set[str] = set()
    if unexplained:
        # Tests that measure time differ between two runs of the plain Python too, when the machine is busy.
        plain, recorded = run_suite(python, suite, recorded=False), run_suite(python, suite, recorded=True)
        whole = isinstance(plain, dict) and isinstance(recorded, dict)
        again = unexplained & compare(plain, recorded).keys() if whole else unexplained
    lines = [f"{tests} tests, {len(differences)} differ"]
    for test, (before, after) in differences.items():
        note = "" if test in again else " (not in a second run)" if test in unexplained else " (explained)"
        lines.append(f"{test}: {before} -> {after}{note}")
    return lines, len(again)


def check_rewritten(python: str, suite: str) -> tuple[list[str], int]:
    """What to print of a suite that is rewritten itself, and how many of the ways of doing so gave other results."""
    if not is_installed(python, suite):
        return ["not installed with this Python"], 0
    lines, counting = [], 0
    for how in ([], ["--race"]):
        done = subprocess.run(
            [python, str(REWRITER), *how, suite], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        lines += done.stdout.strip().splitlines()
        counting += done.returncode != 0
    return lines, counting


def is_installed(python: str, suite: str) -> bool:
    """Some builds of Python come without some of its tests."""
    code = "import importlib.util, sys; sys.exit(importlib.util.find_spec('test.' + sys.argv[1]) is None)"
    return subprocess.run([python, "-c", code, suite], stderr=subprocess.DEVNULL).returncode == 0


def compare(plain: dict[str, str], recorded: dict[str, str]) -> dict[str, tuple[str, str]]:
    """The tests that differ, each with its result without and with the recorder."""
    pairs = {t: (plain.get(t, "not run"), recorded.get(t, "not run")) for t in sorted(plain.keys() | recorded.keys())}
    return {test: pair for test, pair in pairs.items() if pair[0] != pair[1]}


def describe(results: dict[str, str] | str) -> str:
    return results if isinstance(results, str) else f"{len(results)} tests"


def run_suite(python: str, suite: str, *, recorded: bool) -> dict[str, str] | str:
    """Result of each test: passed, failed or skipped. Where the suite gave no results: how it ended."""
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        results = os.path.join(folder, "results.xml")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("INTERLEAVE_")}
        if recorded:
            run_folder = os.path.join(folder, "run")
            os.mkdir(run_folder, 0o700)
            environment.update(INTERLEAVE_RUN=run_folder, INTERLEAVE_OPTIONS="limit=268435456", PYTHONPATH=str(BOOT))
        command = [python, "-m", "test", "--timeout", "300", "--junit-xml", results, suite]
        output = os.path.join(folder, "output.txt")
        status = run_group(command, folder, environment, output)
        if status is None or not os.path.exists(results):
            with open(output, encoding="utf-8", errors="replace") as file:
                tail = "\n    ".join(file.read().strip().splitlines()[-20:])
            return ("timed out" if status is None else f"no results, status {status}") + "\n    " + tail
        return dict(read_results(results)) or f"no tests, status {status}"


def run_group(command: list[str], folder: str, environment: dict[str, str], output: str) -> int | None:
    """Exit status, None after the time-out. Ends what the suite has left running.

    Output goes to a file: a pipe stays open as long as any orphan of the suite has it.
    """
    with open(output, "wb") as file:
        suite = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    try:
        return suite.wait(SUITE_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(suite.pid, signal.SIGKILL)
        suite.wait()


def read_results(path: str):
    for case in ElementTree.parse(path).iter("testcase"):
        children = {child.tag for child in case}
        result = "failed" if children & {"failure", "error"} else "skipped" if "skipped" in children else "passed"
        yield case.get("name", ""), result


if __name__ == "__main__":
    sys.exit(main())
