"""How much memory a program and its descendants have together: the proportional set size, so that what processes share
counts once. Sampled, since the kernel keeps no peak of several processes.
"""

from __future__ import annotations

import os
import time

SHORTEST_INTERVAL_SECONDS = 0.01
# Adding up a process's pages takes the longer the more it has.
SHARE_OF_A_CORE = 0.05


class NoMemory:
    """Nothing is looked at."""

    interval_seconds = 3600.0

    def sample(self) -> None:
        """Looks once, when it is time to."""

    def found(self) -> dict:
        """What `end.json` says about it."""
        return {}


class Memory(NoMemory):
    """The sum over the processes of a tree, and its peak."""

    interval_seconds = SHORTEST_INTERVAL_SECONDS

    def __init__(self, pid: int) -> None:
        self._root = pid
        self._peak = 0
        self._samples = 0
        self._next = 0.0

    def sample(self) -> None:
        begin = time.monotonic()
        if begin < self._next:
            return
        total = sum([_own_bytes(pid) for pid in _tree(self._root)])
        if total > 0:
            self._samples += 1
            self._peak = max(self._peak, total)
        self.interval_seconds = max(SHORTEST_INTERVAL_SECONDS, (time.monotonic() - begin) / SHARE_OF_A_CORE)
        self._next = begin + self.interval_seconds * 0.9

    def found(self) -> dict:
        return {"memory": {"peakBytes": self._peak or None, "samples": self._samples, "limitBytes": _limit()}}


def _tree(root: int) -> list:
    found = [root]
    for pid in found:
        try:
            for thread in os.listdir("/proc/%d/task" % pid):
                with open("/proc/%d/task/%s/children" % (pid, thread), "rb") as file:
                    found += [int(child) for child in file.read().split()]
        except OSError:
            continue
    return found


def _own_bytes(pid: int) -> int:
    try:
        with open("/proc/%d/smaps_rollup" % pid, "rb") as file:
            for line in file:
                if line.startswith(b"Pss:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return 0


def _limit():
    """Bytes that the machine, or the container, has; None when unknown."""
    found = []
    try:
        with open("/proc/meminfo", "rb") as file:
            found.append(int(file.readline().split()[1]) * 1024)
        with open("/sys/fs/cgroup/memory.max", "rb") as file:
            found.append(int(file.read()))
    except (OSError, ValueError):
        pass
    return min(found, default=None)
