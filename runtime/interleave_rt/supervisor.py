"""Runs one program: `python -I -S supervisor.py FOLDER`, with the interpreter that the program shall have.

    supervisor                       child
      fork ─────────────────────────► compiles the rewritten file to main.pyc
      opens the kernel's records      │
      on the child                    │
      ◄──────────── ready ────────────┘
      writes cores.json ──── go ─────► exec python main.pyc
      copies records, waits            the program

The program has our standard streams, terminal, process group and working directory, and we leave as it left: with its
exit status, or by its signal. Ctrl+C is the program's business. SIGTERM and SIGHUP mean stop: SIGTERM to all of the
program's processes, SIGKILL two seconds later, or at once when the signal comes again. When the program itself has ended,
the run has ended; processes that it left behind live on, as they do in a plain run, and go on recording.
"""

from __future__ import annotations

import os
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from interleave_rt import cores, descendants, memory, ticks, versions  # noqa: E402: only now can it be found.

STOP_GRACE_SECONDS = 2.0
# A child may have been made while we were killing.
RETRY_SECONDS = 0.05


def main() -> int:
    import json

    folder = os.path.abspath(sys.argv[1])
    try:
        with open(os.path.join(folder, "run.json"), encoding="utf-8") as file:
            run = json.load(file)
    except (OSError, ValueError) as error:
        os.write(2, ("Interleave cannot read what to run from %s: %s\n" % (folder, error)).encode())
        return 2
    if not hasattr(os, "fork"):
        from interleave_rt import supervisor_windows

        return supervisor_windows.supervise(folder, run)
    return _supervise(folder, run)


def environment(folder: str, run: dict) -> dict:
    """The program's environment: ours, and what makes each Python below find the recorder."""
    found = dict(os.environ)
    boot = os.path.join(os.path.dirname(os.path.abspath(__file__)), "boot")
    path = found.get("PYTHONPATH")
    found["PYTHONPATH"] = boot + os.pathsep + path if path else boot
    found["INTERLEAVE_RUN"] = folder
    found["INTERLEAVE_PROGRAM"] = run["file"]
    words = [word for word in ("spans", "lines", "packages", "race", "pauses", "usage") if run.get(word)]
    if run.get("limitBytes"):
        words.append("limit=%d" % run["limitBytes"])
    found["INTERLEAVE_OPTIONS"] = ",".join(words)
    found.pop("INTERLEAVE_CORES", None)
    return found


def command(folder: str, run: dict, env: dict) -> list:
    """Compiles the program and says how to start it: plainly, when there is nothing to rewrite or it cannot be compiled.

    Python itself then tells what is wrong with it, in its own words.
    """
    main_pyc = os.path.join(folder, "main.pyc")
    if run.get("pauses"):
        _leave_pauses(folder, run)
    if not (run.get("spans") or run.get("race") or run.get("function") or run.get("selection")):
        return [sys.executable, run["file"], *run.get("args", ())]
    try:
        _write_main(main_pyc, run, env)
    except Exception:
        return [sys.executable, run["file"], *run.get("args", ())]
    return [sys.executable, main_pyc, *run.get("args", ())]


def _leave_pauses(folder: str, run: dict) -> None:
    """For the program and all Pythons below it, which should not have to load what reads `run.json`."""
    import marshal

    from interleave_rt import pauses

    points = pauses.points_of_run(run)
    pauses.configure(points)
    with open(os.path.join(folder, pauses.FILE), "wb") as file:
        file.write(marshal.dumps(points))


def _write_main(path: str, run: dict, env: dict) -> None:
    import marshal
    from importlib.util import MAGIC_NUMBER

    from interleave_rt.start import Options

    if run.get("function") or run.get("selection"):
        from interleave_rt.modes import compile_driver

        code = compile_driver(run)
    else:
        from interleave_rt.rewrite import compile_main

        code = compile_main(run["file"], Options(env["INTERLEAVE_OPTIONS"]))
    # Flags 0 and an empty time and size: nobody compares it with its source.
    content = MAGIC_NUMBER + bytes(12) + marshal.dumps(code)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _supervise(folder: str, run: dict) -> int:
    signals = _Signals()
    counter = ticks.Ticks(folder) if run.get("lines") else ticks.NoTicks()
    ready_out, ready_in = os.pipe()
    go_out, go_in = os.pipe()
    forced = os.environ.get("INTERLEAVE_CORES", "")
    child = os.fork()
    if child == 0:
        os.close(ready_out)
        os.close(go_in)
        _become_program(folder, run, signals, ready_in, go_out)
    os.close(ready_in)
    os.close(go_out)
    source = cores.open_source(child, folder, run.get("limitBytes") or 0, forced)
    os.read(ready_out, 1)
    os.close(ready_out)
    start = time.perf_counter_ns()
    source.announce(start)
    os.close(go_in)
    used = memory.Memory(child) if run.get("usage") else memory.NoMemory()
    status, stopped = _watch(child, folder, source, used, signals, counter)
    end = time.perf_counter_ns()
    source.close()
    _remove(os.path.join(folder, "main.pyc"))
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    how = "stopped" if stopped else "killed" if code < 0 else "exited"
    write_end(folder, code, start, end, how, used.found())
    if code < 0:
        _die_by(-code)
    return code


def _become_program(folder: str, run: dict, signals: _Signals, ready: int, go: int) -> None:
    """In the child: compiles, waits for the supervisor, and is the program from then on. Does not return."""
    words, env = [sys.executable, run["file"]], {}
    try:
        env = environment(folder, run)
        words = command(folder, run, env)
        os.write(ready, b"r")
        os.read(go, 1)
        if run.get("cwd"):
            os.chdir(run["cwd"])
        signals.restore()
        os.execve(sys.executable, words, env)
    except OSError as error:
        os.write(2, ("Interleave cannot start %s: %s\n" % (words[0], error)).encode())
    finally:
        os._exit(127)


def _watch(child: int, folder: str, source: cores.Source, used: memory.NoMemory, signals: _Signals, counter) -> tuple:
    """Copies records until the program has ended; returns its wait status and whether we stopped it."""
    family = descendants.Family(child, folder)
    kill_at = None
    while True:
        patience = min(source.interval_seconds, used.interval_seconds)
        if kill_at is not None:
            patience = max(0.0, min(patience, kill_at - time.monotonic()))
        for number, sender in counter.wait(signals.wait, patience):
            if number not in (signal.SIGTERM, signal.SIGHUP) or family.holds(sender):
                # A program that signals its whole process group does not mean us.
                continue
            if kill_at is None:
                family.signal(signal.SIGTERM)
                kill_at = time.monotonic() + STOP_GRACE_SECONDS
            else:
                kill_at = time.monotonic()
        source.copy()
        used.sample()
        if kill_at is not None and time.monotonic() >= kill_at:
            family.signal(signal.SIGKILL)
            kill_at = time.monotonic() + RETRY_SECONDS
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            break
    if kill_at is not None:
        family.end_before(kill_at)
    source.copy()
    return status, kill_at is not None


class _Signals:
    """The signals that we wait for, with their senders where the system tells them (Linux)."""

    def __init__(self) -> None:
        self._waited = {signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP}
        self._before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)}
        self._mask = signal.pthread_sigmask(signal.SIG_BLOCK, self._waited)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGQUIT, signal.SIG_IGN)
        # Blocked signals that are ignored never become pending.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)

    def wait(self, seconds: float) -> list:
        """(signal, sender's pid or 0) of those that came within the time."""
        if hasattr(signal, "sigtimedwait"):
            found = signal.sigtimedwait(self._waited, seconds)
            return [] if found is None else [(found.si_signo, found.si_pid if found.si_code == 0 else 0)]
        # Without it (macOS), 10 ms is as soon as we notice.
        time.sleep(min(seconds, 0.01))
        return [(signal.sigwait({number}), 0) for number in signal.sigpending() & self._waited]

    def restore(self) -> None:
        """In the child, before exec: dispositions as they were when we were started."""
        for number, before in self._before.items():
            signal.signal(number, signal.SIG_IGN if before == signal.SIG_IGN else signal.SIG_DFL)
        # Python ignores these two for itself.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)


def write_end(folder: str, code: int, start: int, end: int, how: str, used: dict) -> None:
    """Writes end.json, which tells the host that nothing more of the program follows; `used` is part of it."""
    text = {
        "exited": "The program ended with exit status %d." % code,
        "killed": "The program was ended by signal %d%s." % (-code, _signal_name(-code)),
        "stopped": "The program was stopped.",
        "failed": "The program could not be started.",
    }[how]
    content = {
        "exitCode": code, "startNs": start, "endNs": end, "python": "%d.%d.%d" % sys.version_info[:3],
        "gil": versions.gil_enabled() or os.environ.get("PYTHON_GIL") == "1", "how": how, "text": text, **used,
    }  # fmt: skip
    cores.write_json(os.path.join(folder, "end.json"), content)


def _signal_name(number: int) -> str:
    try:
        return " (%s)" % signal.Signals(number).name
    except ValueError:
        return ""


def _die_by(number: int) -> None:
    """Ends this process by the signal that ended the program, so that a shell sees the same; without a core dump."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if number not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
    os.kill(os.getpid(), number)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


if __name__ == "__main__":
    # Without a look back at buffers and modules: whatever there was to write is written.
    os._exit(main())
