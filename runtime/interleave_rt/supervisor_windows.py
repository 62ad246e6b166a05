"""The supervisor where there is no fork: the program is a child that we wait for; its cores are not known."""

from __future__ import annotations

import os
import signal
import subprocess
import time

from interleave_rt import cores, supervisor


def supervise(folder: str, run: dict) -> int:
    """Runs the program and returns its exit status."""
    # Ctrl+C reaches the program by itself, since it shares our console.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    env = supervisor.environment(folder, run)
    words = supervisor.command(folder, run, env)
    start = time.perf_counter_ns()
    cores.NoCores(folder, "Which core runs what is not known on this system.").announce(start)
    program = subprocess.Popen(words, env=env, cwd=run.get("cwd") or None)
    stopped = []

    def stop(number: int, frame: object) -> None:
        stopped.append(number)
        # The tree, since Windows has no groups that would do.
        subprocess.call(["taskkill", "/F", "/T", "/PID", str(program.pid)], stdout=subprocess.DEVNULL)

    for name in ("SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    code = program.wait()
    try:
        os.unlink(os.path.join(folder, "main.pyc"))
    except OSError:
        pass
    supervisor.write_end(folder, code, start, time.perf_counter_ns(), "stopped" if stopped else "exited", {})
    return code
