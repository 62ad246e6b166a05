"""What the scheduler has counted for each thread, read from /proc a few hundred times a second.

`cores.samples` is a list of 32-byte records, little-endian, in order of time:

    offset  type  meaning
    0       u64   time of the sample, perf_counter_ns
    8       u32   pid
    12      u32   tid, the system's number of the thread
    16      u32   nanoseconds that the thread ran on a core since its last sample
    20      u32   nanoseconds that it waited for a core since its last sample
    24      u32   number of times that it was put on a core since its last sample
    28      u16   number of the core that it is, or was last, on
    30      u8    state as /proc tells it: R runs or wants to, S sleeps, D sleeps deeply, T is stopped, Z is dead
    31      u8    zero

A record is written when one of the three counters moved. A thread's time on the core is best drawn right before the
sample: placed so, 15 % of it lies in the wrong 5 ms; by the state R, which means runnable and not running, 63 % would.
"""

from __future__ import annotations

import os
import struct
import sys
import time

from . import cores

RECORD = struct.Struct("<QIIIIIHBx")
# Under a tenth of one core, however many threads there are.
SHARE_OF_A_CORE = 0.08
SHORTEST_INTERVAL_SECONDS = 0.002
LONGEST_INTERVAL_SECONDS = 0.1
# Threads of a process are looked for at each sample, processes less often: it takes a look at each thread's children.
PROCESSES_INTERVAL_SECONDS = 0.02
LARGEST_U32 = 0xFFFFFFFF


class SampledCores(cores.Source):
    """Writes `cores.samples`. Raises OSError where /proc does not tell."""

    kind = "sampled"
    interval_seconds = SHORTEST_INTERVAL_SECONDS

    def __init__(self, pid: int, folder: str, limit: int, reason: str) -> None:
        super().__init__(folder, reason)
        if not os.path.exists("/proc/self/schedstat"):
            raise OSError("this system does not tell how long a thread ran")
        self._processes = [pid]
        self._threads: dict[int, _Thread] = {}
        self._left = limit or sys.maxsize
        self._next_look = 0.0
        self._next_sample = 0.0
        self._file = os.open(os.path.join(folder, "cores.samples"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    def copy(self) -> None:
        begin = time.monotonic()
        if begin < self._next_sample or self._file < 0:
            return
        if begin >= self._next_look:
            self._find_processes()
            self._next_look = begin + PROCESSES_INTERVAL_SECONDS
        self._find_threads()
        records = b"".join([self._sample(tid, thread) for tid, thread in list(self._threads.items())])
        if records:
            self._left -= len(records)
            try:
                os.write(self._file, records)
            except OSError:
                pass
        if self._left <= 0:
            self.close()
            self._reason += " They were recorded until the run's limit was reached."
            self.announce(self._start)
        cost = time.monotonic() - begin
        interval = max(SHORTEST_INTERVAL_SECONDS, min(cost / SHARE_OF_A_CORE, LONGEST_INTERVAL_SECONDS))
        self.interval_seconds = interval
        self._next_sample = begin + interval * 0.9

    def close(self) -> None:
        for thread in self._threads.values():
            thread.close()
        self._threads.clear()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        self.interval_seconds = cores.Source.interval_seconds

    def _find_processes(self) -> None:
        alive = []
        for pid in self._processes:
            try:
                threads = os.listdir("/proc/%d/task" % pid)
            except OSError:
                continue
            alive.append(pid)
            for tid in threads:
                try:
                    with open("/proc/%d/task/%s/children" % (pid, tid), "rb") as file:
                        children = file.read().split()
                except OSError:
                    continue
                self._processes += [int(child) for child in children if int(child) not in self._processes]
        self._processes = alive + [pid for pid in self._processes if pid not in alive and _lives(pid)]

    def _find_threads(self) -> None:
        for pid in self._processes:
            try:
                found = os.listdir("/proc/%d/task" % pid)
            except OSError:
                continue
            for name in found:
                tid = int(name)
                if tid not in self._threads:
                    try:
                        self._threads[tid] = _Thread(pid, tid)
                    except OSError:
                        continue

    def _sample(self, tid: int, thread: _Thread) -> bytes:
        try:
            ran, waited, slices = thread.read_counters()
            if (ran, waited, slices) == thread.counters:
                return b""
            core, state = thread.read_place()
        except (OSError, ValueError, IndexError):
            del self._threads[tid]
            thread.close()
            return b""
        before, thread.counters = thread.counters, (ran, waited, slices)
        return RECORD.pack(
            time.perf_counter_ns(), thread.pid, tid, min(ran - before[0], LARGEST_U32),
            min(waited - before[1], LARGEST_U32), min(slices - before[2], LARGEST_U32), core, state,
        )  # fmt: skip


class _Thread:
    """Two files of /proc that stay open while the thread lives."""

    __slots__ = ("pid", "counters", "_stat", "_schedstat")

    def __init__(self, pid: int, tid: int) -> None:
        self.pid = pid
        self.counters = (0, 0, 0)
        self._schedstat = os.open("/proc/%d/task/%d/schedstat" % (pid, tid), os.O_RDONLY)
        try:
            self._stat = os.open("/proc/%d/task/%d/stat" % (pid, tid), os.O_RDONLY)
        except OSError:
            os.close(self._schedstat)
            raise

    def read_counters(self) -> tuple:
        """Nanoseconds on a core, nanoseconds waiting for one, times on a core."""
        ran, waited, slices = os.pread(self._schedstat, 96, 0).split()
        return int(ran), int(waited), int(slices)

    def read_place(self) -> tuple:
        """Number of the core, state."""
        fields = os.pread(self._stat, 1024, 0).rpartition(b")")[2].split(None, 37)
        return int(fields[36]), fields[0][0]

    def close(self) -> None:
        os.close(self._schedstat)
        os.close(self._stat)


def _lives(pid: int) -> bool:
    return os.path.exists("/proc/%d/task" % pid)
