"""Runs CPython's own tests of the language with the tests themselves rewritten, and prints what differs from a plain run.

    PYTHON test/runtime/conformance_rewrite.py [--race | --lines] [test_grammar ...]

Not part of the quick tests. Each suite is imported once plain and once rewritten, in a process of its own: for spans, with
--lines for these as well, or with --race for accesses, once as a program with one thread and once as one with several. The
differences that are known and meant stand in EXPECTED; any other makes the exit status 1.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SUITES = (
    "test_grammar", "test_generators", "test_dataclasses", "test_scope", "test_patma", "test_fstring", "test_coroutines", "test_dict", "test_list",
    "test_set", "test_deque", "test_named_expressions",
    "test_asyncgen", "test_contextlib", "test_functools", "test_super", "test_descr", "test_with", "test_decorators",
    "test_enum", "test_typing", "test_weakref", "test_raise", "test_exceptions", "test_traceback", "test_inspect",
)  # fmt: skip
EXPECTED = {
    "test_generators": {
        "test_new_gen_from_gi_code": "The test runs a function's code in a module that has not what our code calls.",
    },
    "test_patma": {
        "test_unreachable_code": "A function whose body is unreachable has its first line twice.",
        "test_jump_threading": "Code of ours has no line.",
    },
    "test_exceptions": {
        "test_lineno_": "The frame of a function that an exception has left has no line; its traceback has.",
        "test_missing_lineno_shows_as_none": "The test takes the code of a function apart.",
    },
    "test_traceback": {
        "test_clear": "Frames have two more names, which begin with _interleave_.",
        "test_format_locals": "The same.",
        "test_print": "The same: it prints all names of the frame.",
        "test_comparison_params_variations": "The same.",
    },
    "test_inspect": {
        "_closure": "Names that begin with _interleave_ are among those that a function uses.",
        "test_name_resolution": "The same.",
        "locals": "Frames have two more names.",
        "test_signature_bind_implicit_arg": "The test takes the code of a function apart.",
    },
}


def main() -> int:
    names = sys.argv[1:]
    suites = [name for name in names if not name.startswith("--")] or SUITES
    ways = ("alone", "shared") if "--race" in names else ("with-lines",) if "--lines" in names else ("spans",)
    return sum(_compare(how, suites) for how in ways) and 1


def _compare(how: str, suites) -> int:
    print(how)
    unexplained = 0
    for suite in suites:
        plain, rewritten = _run("plain", suite), _run(how, suite)
        if plain is None or rewritten is None:
            print("%-18s this Python has no such suite, or it cannot be run here" % suite)
            continue
        new = sorted(set(rewritten["failed"]) - set(plain["failed"]))
        known = EXPECTED.get(suite, {})
        surprises = [name for name in new if not any(part in name for part in known)]
        unexplained += len(surprises)
        if not rewritten["rewritten"]:
            unexplained += 1
            surprises.append("(the suite was not rewritten)")
        print(
            "%-18s %4d tests, %d explained, %d not"
            % (suite, rewritten["count"], len(new) - len(surprises), len(surprises))
        )
        for name in surprises:
            print("    " + name)
    return unexplained


def _run(how: str, suite: str):
    # A folder of its own: some tests write files of fixed names.
    with tempfile.TemporaryDirectory(prefix="interleave-test-") as folder:
        done = subprocess.run(
            [sys.executable, os.path.abspath(__file__), "--" + how, suite], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, timeout=900, cwd=folder,
        )  # fmt: skip
    lines = done.stdout.splitlines()
    return json.loads(lines[-1]) if done.returncode == 0 and lines else None


def _run_here(how: str, suite: str) -> None:
    import importlib

    folder = tempfile.mkdtemp(prefix="interleave-test-")
    try:
        if how != "--plain":
            _install(folder, how)
        module = importlib.import_module("test." + suite)
        tests = unittest.defaultTestLoader.loadTestsFromModule(module)
        result = unittest.TestResult()
        result.buffer = True
        tests.run(result)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    parts = [module, *[each for name, each in sys.modules.items() if name.startswith("test.%s." % suite)]]
    # The text of a subtest has addresses.
    failed = [re.sub(" at 0x[0-9a-f]+", "", str(test)) for test, _ in result.failures + result.errors]
    is_rewritten = any("_interleave_budgets" in vars(each) or "_interleave_tl" in vars(each) for each in parts)
    print(json.dumps({"count": result.testsRun, "failed": failed, "rewritten": is_rewritten}))


def _install(folder: str, how: str) -> None:
    """Records this process, and takes the library's tests, but not what they rest on, for the user's files."""
    sys.path.insert(0, os.path.join(ROOT, "runtime"))
    from interleave_rt import recorder, rewrite, sites
    from interleave_rt.rewrite import accesses, import_hook

    tests = os.sep + "test" + os.sep
    is_race = how in ("--alone", "--shared")
    spans = rewrite.SPANS | (rewrite.LINES if how == "--with-lines" else 0)
    if is_race:
        accesses.install()
    recorder.start(folder, 256 * 1024 * 1024, recorder.PROGRAM, 0)
    if how == "--shared":
        accesses.begin()
    sites.is_user_file = lambda file: tests in file and "support" not in file
    import_hook.install(False, rewrite.RACE if is_race else spans)


if __name__ == "__main__":
    if sys.argv[1:2] in (["--plain"], ["--spans"], ["--with-lines"], ["--alone"], ["--shared"]):
        _run_here(*sys.argv[1:3])
    else:
        sys.exit(main())
