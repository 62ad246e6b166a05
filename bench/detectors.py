"""What Interleave and other detectors find in the same programs, and how long they take: `python bench/detectors.py`.

Programs are those of test/programs: where a line says `# expect:`, something is to be found; the others are correct.
Interleave and pyvft are given the program as it is. frontrun explores schedules of calls: what to set up, which calls
run at once and what must hold afterwards stands in PROGRAMS below; once with that condition, and once with
`error_on_any_race`, which needs none.

    --python PYTHON     the Python that Interleave runs the programs with
    --frontrun PYTHON   a Python that has frontrun; left out without
    --pyvft PYTHON      a Python that has pyvft; left out without
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, "test", "programs")
LIMIT_S = 60

PROGRAMS = [
    # path, what frontrun sets up, the calls that run at once, what must hold afterwards
    ("races/lost_update.py", "counter = Counter()", ["counter.add('1')"] * 2, "counter.total == 2"),
    ("races/global_counter.py", "total = 0", ["work()"] * 2, "total == 90"),
    ("races/made_on_first_use.py", "client = Client(); got = []", ["got.append(client.get())"] * 2, "got[0] is got[1]"),
    ("races/tested_then_taken.py", "office = Office()", ["office.take('row 1')"] * 2, "True"),
    ("races/filled_while_walked.py", "sessions = Sessions()", ["sessions.report()", "sessions.fill()"], "True"),
    (
        "races/half_published.py",
        "registry = Registry(); registry.add(0)",
        ["registry.add(1)", "registry.sweep()"],
        "True",
    ),
    ("races/one_side_locked.py", "stock = Stock()", ["stock.sell()", "stock.restock()"], "stock.items == 104"),
    ("races/same_key.py", "table = Table()", ["table.count('a')"] * 2, "table.rows['a'] == 3"),
    ("atomicity/split_section.py", "account = Account()", ["account.deposit(10)"] * 2, "account.balance == 20"),
    (
        "patterns/late_lock.py",
        "writer = Writer(); locks = []",
        ["locks.append(writer._guard())"] * 2,
        "locks[0] is locks[1]",
    ),
    (
        "deadlocks/bank_transfer.py",
        "first, second = Account(100), Account(100)",
        ["transfer(first, second, 10)", "transfer(second, first, 10)"],
        "True",
    ),
    (
        "patterns/audit_log.py",
        "accounts = Accounts(); accounts.audit = audit = Audit(accounts)",
        ["accounts.withdraw(1)", "audit.report()"],
        "True",
    ),
    ("races/locked_update.py", "counter = Counter()", ["counter.add('1')"] * 2, "counter.total == 2"),
    ("races/made_under_lock.py", "client = Client(); got = []", ["got.append(client.get())"] * 2, "got[0] is got[1]"),
    ("races/taken_in_one_step.py", "work = Work()", ["work.run()"] * 2, "len(work.done) == 20"),
    ("races/stop_flag.py", "worker = Worker()", ["worker.run()", "worker.stop()"], "worker.stopped"),
    ("atomicity/one_section.py", "account = Account()", ["account.deposit(10)"] * 2, "account.balance == 20"),
    (
        "patterns/lru_cache.py",
        "cache = Cache(2)",
        ["cache.get(1, str)", "cache.get(2, str)"],
        "len(cache) == 2",
    ),
    (
        "patterns/publish_copy_on_write.py",
        "topic = Topic()",
        ["topic.subscribe(str)", "topic.publish('1')"],
        "True",
    ),
    (
        "patterns/connection_pool.py",
        "pool = Pool(1)\ndef use():\n    with pool.connection() as connection:\n        connection.execute()",
        ["use()"] * 2,
        "pool.close() == 2",
    ),
    (
        "patterns/singleton_checked_twice.py",
        "page = Page(); got = []",
        ["got.append(page.text)"] * 2,
        "got[0] is got[1]",
    ),
    (
        "deadlocks/bank_transfer_one_way.py",
        "one, other = Account(1, 100), Account(2, 100)",
        ["transfer(one, other, 10)", "transfer(other, one, 10)"],
        "one.balance == 100",
    ),
    (
        "deadlocks/gate_lock.py",
        "gate, one, other = threading.Lock(), threading.Lock(), threading.Lock()",
        ["there()", "back()"],
        "True",
    ),
]

# Runs in the Python that has frontrun.
EXPLORE = """
import ast, json, sys
path, setup, calls, condition, any_race = json.loads(sys.argv[1])
import frontrun
with open(path, encoding="utf-8") as file:
    tree = ast.parse(file.read())
kept = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
tree.body = [node for node in tree.body if isinstance(node, kept)]
code = compile(tree, path, "exec")
more = compile(setup, path + ".setup", "exec")
def begin():
    names = {"__name__": "explored"}
    exec(code, names)
    exec(more, names)
    return names
def worker(text):
    call = compile(text, path + ".call", "eval")
    return lambda names: eval(call, names)
try:
    result = frontrun.explore(
        setup=begin, workers=[worker(call) for call in calls],
        invariant=(lambda names: True) if any_race else (lambda names: bool(eval(condition, names))),
        error_on_any_race=any_race, reproduce_on_failure=0, total_timeout=40,
    )
    gave_up = "inconclusive" in (result.explanation or "")
    found = None if gave_up else not result.property_holds
except Exception as error:
    # A call failed under some schedule: that is what was looked for.
    place = error.__traceback__
    while place.tb_next:
        place = place.tb_next
    if place.tb_frame.f_code.co_filename != path:
        raise
    found = True
print("RESULT", json.dumps(found))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--frontrun", default="")
    parser.add_argument("--pyvft", default="")
    parser.add_argument("names", nargs="*", help="parts of the programs' paths; all without")
    options = parser.parse_args()
    tools = {"Interleave": lambda program: interleave(options.python, program[0])}
    if options.frontrun:
        tools["frontrun, condition"] = lambda program: frontrun(options.frontrun, program, False)
        tools["frontrun, any race"] = lambda program: frontrun(options.frontrun, program, True)
    if options.pyvft:
        tools["pyvft"] = lambda program: pyvft(options.pyvft, program[0])
    sums = {name: Sum() for name in tools}
    print("| program | bug | " + " | ".join(tools) + " |")
    print("|---|---|" + "---|" * len(tools))
    for program in PROGRAMS:
        if options.names and not any(name in program[0] for name in options.names):
            continue
        with open(os.path.join(FOLDER, program[0]), encoding="utf-8") as file:
            has_bug = "# expect:" in file.read()
        cells = []
        for name, tool in tools.items():
            found, seconds = tool(program)
            sums[name].add(has_bug, found, seconds)
            cells.append("%s, %.1f s" % ({True: "found", False: "-", None: "gives up"}[found], seconds))
        print("| `%s` | %s | %s |" % (program[0], "yes" if has_bug else "", " | ".join(cells)), flush=True)
    for name, each in sums.items():
        print("%s: %s" % (name, each))


class Sum:
    """What one tool did with all programs."""

    def __init__(self) -> None:
        self.found = self.missed = self.false_alarms = self.silent = self.failed = 0
        self.seconds = 0.0

    def add(self, has_bug: bool, found: bool | None, seconds: float) -> None:
        self.seconds += seconds
        if found is None:
            self.failed += 1
        elif has_bug:
            self.found += found
            self.missed += not found
        else:
            self.false_alarms += found
            self.silent += not found

    def __str__(self) -> str:
        return "found %d, missed %d, false alarms %d, rightly silent %d, gave up %d, %.0f s" % (
            self.found, self.missed, self.false_alarms, self.silent, self.failed, self.seconds,
        )  # fmt: skip


def interleave(python: str, path: str) -> tuple:
    """(whether there is an error or a warning, seconds)"""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        cli = os.path.join(ROOT, "dist", "cli.js")
        command = ["node", cli, "run", "--race", "--timeout", "10", "--python", python, "--json", report]
        seconds = timed([*command, os.path.join(FOLDER, path)])[0]
        if not os.path.exists(report):
            return None, seconds
        with open(report, encoding="utf-8") as file:
            findings = json.load(file)["findings"]
    return any(each["severity"] in ("error", "warning") for each in findings), seconds


def frontrun(python: str, program: tuple, any_race: bool) -> tuple:
    path, setup, calls, condition = program
    given = json.dumps([os.path.join(FOLDER, path), setup, calls, condition, any_race])
    seconds, output, _ = timed([python, "-m", "frontrun.cli", python, "-c", EXPLORE, given])
    result = [line for line in output.splitlines() if line.startswith("RESULT ")]
    return (json.loads(result[0][7:]) if result else None), seconds


def pyvft(python: str, path: str) -> tuple:
    seconds, _, errors = timed([python, "-m", "pyvft", os.path.join(FOLDER, path)])
    if "race" not in errors.lower():
        return (None if "Traceback" in errors else False), seconds
    return "no races" not in errors.lower() and "no data races" not in errors.lower(), seconds


def timed(command: list) -> tuple:
    """(seconds, standard output, standard error)"""
    start = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        output, errors = done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        output = errors = ""
    return time.perf_counter() - start, output, errors


if __name__ == "__main__":
    main()
