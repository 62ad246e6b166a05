"""Which processes belong to a running program: its descendants, also those whose parents are gone."""

from __future__ import annotations

import os
import signal
import time


class Family:
    """The program and all that came from it, as far as they can be seen."""

    def __init__(self, program: int, folder: str) -> None:
        self._program = program
        self._folder = folder
        self._born = _table().get(program, (0, 0))[1]
        self._known: dict[int, int] = {program: self._born}
        """pid -> start time in the system's ticks; a pid whose start time is another one is another process."""

    def holds(self, pid: int) -> bool:
        """Whether this process is one of the program's."""
        return pid > 0 and pid in self._members()

    def signal(self, number: int) -> None:
        """Sends a signal to each, parents first."""
        for pid in self._members():
            try:
                os.kill(pid, number)
            except OSError:
                pass

    def end_before(self, deadline: float) -> None:
        """Waits for those who outlive the program (monotonic seconds), then kills them."""
        while any(pid != self._program for pid in self._members()):
            if time.monotonic() >= deadline:
                self.signal(signal.SIGKILL)
                return
            time.sleep(0.02)

    def _members(self) -> list:
        table = _table()
        self._known = {pid: start for pid, start in self._known.items() if table.get(pid, (0, -1))[1] == start}
        # Those whose parents are gone have a file with their pid, or our variable in their environment.
        recording = self._recording()
        for pid, (_, start) in table.items():
            is_new = pid not in self._known and start >= self._born and pid != os.getpid()
            if is_new and (pid in recording or self._is_marked(pid)):
                self._known[pid] = start
        grown = True
        while grown:
            more = {pid: start for pid, (parent, start) in table.items() if parent in self._known} if table else {}
            grown = any(pid not in self._known for pid in more)
            self._known.update(more)
        return list(self._known)

    def _recording(self) -> set:
        try:
            names = os.listdir(self._folder)
        except OSError:
            return set()
        return {int(name.split("-", 1)[0]) for name in names if name.endswith(".seg")}

    def _is_marked(self, pid: int) -> bool:
        try:
            with open("/proc/%d/environ" % pid, "rb") as file:
                return b"INTERLEAVE_RUN=%s" % os.fsencode(self._folder) in file.read().split(b"\0")
        except OSError:
            return False


def _table() -> dict:
    """pid -> (parent's pid, start time) of all living processes; zombies are not living."""
    if os.path.isdir("/proc/self"):
        return _table_from_proc()
    return _table_from_ps()


def _table_from_proc() -> dict:
    table = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % name, "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue
        if fields and fields[0] not in (b"Z", b"X"):
            table[int(name)] = (int(fields[1]), int(fields[19]))
    return table


def _table_from_ps() -> dict:
    """macOS has no /proc; `ps` tells no start time that could be compared cheaply."""
    table = {}
    with os.popen("ps -A -o pid=,ppid=,stat=") as output:
        for line in output:
            pid, parent, state = line.split(None, 2)
            if not state.startswith("Z"):
                table[int(pid)] = (int(parent), 0)
    return table
