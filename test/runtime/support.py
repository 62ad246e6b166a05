"""Runs programs under the runtime and reads what it wrote; for all tests here.

recording = record_program('''
    import threading
    threading.Thread(target=print).start()
''')
recording.returncode, recording.stdout, recording.stderr
recording.events               # all records in order of time, decoded
recording.of("wait")           # those of one kind
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections import namedtuple

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RUNTIME = os.path.join(ROOT, "runtime")
BOOT = os.path.join(RUNTIME, "interleave_rt", "boot")
SUPERVISOR = os.path.join(RUNTIME, "interleave_rt", "supervisor.py")
with open(os.path.join(ROOT, "common", "schema.json"), encoding="utf-8") as _file:
    SCHEMA = json.load(_file)
KINDS = {kind["id"]: kind["name"] for kind in SCHEMA["kinds"]}
OPERATIONS = {operation["id"]: operation["name"] for operation in SCHEMA["operations"]}
OUTCOMES = {outcome["id"]: outcome["name"] for outcome in SCHEMA["outcomes"]}
GLOBAL_ID = 1 << 52

Site = namedtuple("Site", "file function line end_line column end_column whole")
Space = namedtuple("Space", "pid interpreter nonce")

Event = namedtuple("Event", "time kind operation outcome flags object arg site space stream thread task")
Event.__doc__ = (
    """One record: kind, operation and outcome by name, site resolved; thread and task are its owner's units."""
)


def record_program(program, *args, python=sys.executable, **more):
    """Runs a program (a path, or its source) under the supervisor and returns the Recording.

    `more`: spans, lines, race, packages, usage, mode, function, inputs, workers, limit_bytes: as in run.json; input: text for stdin;
    env: more environment; cwd; name: file name of a source; files: {name: source} beside it; timeout in seconds;
    pauses: as in run.json, without the file;
    cores: "exact", "sampled" or "none" (the default here, as tests share the machine).
    """
    work = tempfile.mkdtemp(prefix="interleave-test-")
    try:
        return _record(work, program, args, python, **more)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def run_plain(
    program, *args, python=sys.executable, input="", env=None, cwd=None, name="program.py", files=(), timeout=120
):
    """The same program without us: (returncode, stdout, stderr), with its folder written as FOLDER."""
    work = tempfile.mkdtemp(prefix="interleave-test-")
    try:
        file = _write_program(work, program, name, dict(files))
        done = subprocess.run(
            [python, file, *args], input=input, env=_environment(env), cwd=cwd or os.path.dirname(file),
            capture_output=True, text=True, timeout=timeout,
        )  # fmt: skip
        return done.returncode, done.stdout.replace(work, "FOLDER"), done.stderr.replace(work, "FOLDER")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _record(
    work, program, args, python, *, spans=False, lines=False, race=False, packages=False, mode="as-written", function=None, inputs=None,
    workers=None, limit_bytes=None, input="", env=None, cwd=None, name="program.py", files=(), timeout=120,
    cores="none", during=None, pauses=(), usage=False,
):  # fmt: skip
    folder = os.path.join(work, "run")
    os.mkdir(folder, 0o700)
    file = _write_program(work, program, name, dict(files))
    run = {
        "version": 1, "file": file, "args": list(args), "cwd": cwd or os.path.dirname(file), "mode": mode,
        "function": function, "inputs": inputs, "workers": workers, "spans": spans, "lines": lines, "race": race,
        "packages": packages, "usage": usage,
        "limitBytes": limit_bytes or 352 * 1024 * 1024,
        "pauses": [{"file": file, "readLine": 0, "readColumn": 0, **pause} for pause in pauses],
    }  # fmt: skip
    with open(os.path.join(folder, "run.json"), "w", encoding="utf-8") as out:
        json.dump(run, out)
    child_env = _environment(env)
    child_env["INTERLEAVE_CORES"] = cores
    process = subprocess.Popen(
        [python, "-I", "-S", SUPERVISOR, folder], env=child_env, cwd=work,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True,
    )  # fmt: skip
    if during is not None:
        threading.Thread(target=during, args=(process, folder), daemon=True).start()
    try:
        stdout, stderr = process.communicate(input, timeout=timeout)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
        raise
    return Recording(folder, file, process.returncode, stdout, stderr)


def _environment(more):
    env = {name: value for name, value in os.environ.items() if not name.startswith("INTERLEAVE_")}
    env.pop("PYTHONPATH", None)
    env.update(more or {})
    return env


def _write_program(work, program, name, files):
    if "\n" not in program:
        return os.path.abspath(program)
    file = os.path.join(work, "code", name)
    for path, source in [(file, program)] + [(os.path.join(work, "code", more), text) for more, text in files.items()]:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(textwrap.dedent(source))
    return file


class Recording:
    """What one run left: the program's output and exit, and all records."""

    def __init__(self, folder, file, returncode, stdout, stderr):
        self.file = file
        self.returncode = returncode
        work = os.path.dirname(folder)
        self.stdout = stdout.replace(work, "FOLDER")
        self.stderr = stderr.replace(work, "FOLDER")
        self.cores = _json(folder, "cores.json")
        self.end = _json(folder, "end.json")
        self.files = {}
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if name.startswith("cores"):
                with open(os.path.join(folder, name), "rb") as data:
                    self.files[name] = data.read()
        self.parents = {}
        self.dropped = 0
        self.holes = 0
        # Of each segment: (bytes of the file, records of its stream that were lost until then).
        self.segments = []
        self.texts = {}
        self.sites = {}
        self._read(folder)

    def of(self, kind, operation=None, outcome=None):
        """The records of one kind (and operation, and outcome), in order of time."""
        return [
            event for event in self.events
            if event.kind == kind and operation in (None, event.operation) and outcome in (None, event.outcome)
        ]  # fmt: skip

    def text(self, space, number):
        """A text by its id; a forked child's texts may be its parent's."""
        return self._inherited(self.texts, space, number) or ""

    def name(self, event_or_space, number=None):
        """The latest name of a unit or object."""
        if number is None:
            event_or_space, number = event_or_space.space, event_or_space.object
        return self._inherited(self.names, event_or_space, number) or ""

    def thread_name(self, event):
        """The name of the thread that wrote the record; MainThread has none of its own."""
        return self._inherited(self.names, event.space, event.thread) or ""

    def describe(self, event):
        """One line for a failing test's message."""
        site = "%s:%d" % (event.site.function, event.site.line) if event.site else ""
        return "%s %s %s object=%x(%s) arg=%x(%s) %s [thread %s task %x]" % (
            event.kind, event.operation, event.outcome, event.object, self.name(event), event.arg,
            self.name(event.space, event.arg), site, self.thread_name(event) or "%x" % event.thread, event.task,
        )  # fmt: skip

    def dump(self):
        return "\n".join(self.describe(event) for event in self.events)

    def _inherited(self, table, space, number):
        while space is not None:
            if (space, number) in table:
                return table[space, number]
            if number >= GLOBAL_ID:
                return next((value for (_, key), value in table.items() if key == number), None)
            space = self.parents.get(space)
        return None

    def _read(self, folder):
        raw, streams = [], {}
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            if name.endswith(".seg"):
                with open(os.path.join(folder, name), "rb") as data:
                    content = data.read()
                if content[:8] == bytes(8):
                    # Its process was killed before it had begun it.
                    continue
                header = struct.unpack_from("<8sIIQIIQQIIQQ", content)
                assert header[0] == b"ILEAVE\0\1", name
                streams.setdefault((Space(*header[1:4]), header[4]), {})[header[5]] = content
                self.dropped += header[10]
                self.segments.append((header[11], header[10]))
        for (space, stream), segments in sorted(streams.items()):
            assert sorted(segments) == list(range(len(segments))), (space, stream, sorted(segments))
            raw += self._read_stream(space, stream, [segments[i] for i in sorted(segments)])
        self._find_parents(raw)
        self.names = {}
        self.events = []
        raw.sort(key=lambda item: item[0])
        for item in raw:
            self._decode(*item)

    def _read_stream(self, space, stream, segments):
        thread = task = 0
        parts = {}
        for content in segments:
            # The last place is the header's own, for `dropped`.
            for offset in [*range(128, len(content) - 31, 32), 96]:
                time, object_id, arg, site, commit = struct.unpack_from("<QqqII", content, offset)
                if commit == 0:
                    self.holes += time != 0
                    continue
                kind = KINDS[commit & 0xFF]
                if kind == "string":
                    parts[site] = parts.get(site, b"") + content[offset : offset + (commit >> 8 & 0xFFF)]
                    if not commit >> 24 & 1:
                        self.texts[space, site] = parts.pop(site).decode("utf-8", "replace")
                elif kind == "site":
                    self.sites[space, site] = (time, object_id, arg, commit >> 24 & 1)
                else:
                    if kind == "thread_begin":
                        thread, task = object_id, 0
                    if kind == "step_begin":
                        task = object_id
                    yield time, kind, commit, object_id, arg, site, space, stream, thread, task
                    if kind == "step_end":
                        task = 0

    def _find_parents(self, raw):
        begins = [item for item in raw if item[1] == "process_begin" and item[5]]
        for item in begins:
            space, parent = item[6], item[5]
            older = [other for other in {each[6] for each in raw} if other.pid == parent and other.nonce < space.nonce]
            if older:
                self.parents[space] = max(older, key=lambda other: other.nonce)

    def _decode(self, time, kind, commit, object_id, arg, site, space, stream, thread, task):
        if kind == "process_begin":
            site = 0
        if kind in ("name", "object", "thread_create") and arg:
            self.names[space, object_id] = self.text(space, arg)
        if kind == "task_create" and arg >> 32:
            self.names[space, object_id] = "Task-%d" % (arg >> 32)
        self.events.append(
            Event(
                time, kind, OPERATIONS.get(commit >> 8 & 0xFFF, ""), OUTCOMES[commit >> 20 & 0xF], commit >> 24,
                object_id, arg, self.site(space, site), space, stream, thread, task,
            )
        )  # fmt: skip

    def site(self, space, number):
        """A site by its id, with only the name of its file; None for 0."""
        found = self._inherited(self.sites, space, number) if number else None
        if found is None:
            return None
        time, lines, columns, whole = found
        signed = struct.unpack("<ii", struct.pack("<q", columns))
        return Site(
            os.path.basename(self.text(space, time & 0xFFFFFFFF)), self.text(space, time >> 32),
            lines & 0xFFFFFFFF, lines >> 32, signed[0], signed[1], bool(whole),
        )  # fmt: skip


def _json(folder, name):
    try:
        with open(os.path.join(folder, name), encoding="utf-8") as data:
            return json.load(data)
    except OSError:
        return None
