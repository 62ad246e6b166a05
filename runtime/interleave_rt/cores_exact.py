"""The kernel's switch records of a process and all that comes from it, by perf_event_open, without root.

One event for each CPU, inherited by threads and children that are made later, so it is opened while the program still
waits to be started. A dummy software event: nothing is counted, only the switches are recorded:
PERF_RECORD_SWITCH (in and out, and whether the thread wanted to stay), COMM, FORK, EXIT and LOST, each with pid, tid,
time and CPU at its end. The clock is CLOCK_MONOTONIC, which is perf_counter_ns.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import platform
import struct
import sys

from . import cores

SYSTEM_CALL = {
    "x86_64": 298, "aarch64": 241, "i686": 336, "i386": 336, "armv7l": 364, "armv6l": 364, "riscv64": 241,
    "ppc64le": 319, "s390x": 331, "loongarch64": 241,
}  # fmt: skip

TYPE_SOFTWARE, COUNT_DUMMY = 1, 9
SAMPLE_TID, SAMPLE_TIME, SAMPLE_CPU = 1 << 1, 1 << 2, 1 << 7
INHERIT, EXCLUDE_KERNEL, EXCLUDE_HYPERVISOR = 1 << 1, 1 << 5, 1 << 6
COMM, TASK, SAMPLE_ID_ALL, COMM_EXEC, USE_CLOCK, CONTEXT_SWITCH = 1 << 9, 1 << 13, 1 << 18, 1 << 24, 1 << 25, 1 << 26
FLAG_CLOSE_ON_EXEC = 8
CLOCK_MONOTONIC = 1
ATTRIBUTES_BYTES = 112

# 128 pages hold 67 ms at 245,000 switches a second; less is tried where the user's locked memory is used up.
RING_PAGES = (128, 32, 8)
# Places of data_head and data_tail in the control page, in units of 8 bytes.
HEAD, TAIL = 1024 // 8, 1024 // 8 + 1


class ExactCores(cores.Source):
    """Copies the rings to `cores-CPU.perf`. Raises OSError when the kernel refuses."""

    kind = "exact"
    interval_seconds = 0.02

    def __init__(self, pid: int, folder: str, limit: int) -> None:
        super().__init__(folder, "")
        self._rings: list[_Ring] = []
        self._left = limit or sys.maxsize
        try:
            for cpu in cores.online():
                ring = _open_ring(pid, cpu)
                if ring is not None:
                    self._rings.append(ring)
                    ring.open_file(os.path.join(folder, "cores-%d.perf" % cpu))
        except OSError:
            self.close()
            raise
        if not self._rings:
            raise OSError(errno.ENODEV, "no core can be watched")

    def copy(self) -> None:
        for ring in self._rings:
            self._left -= ring.copy()
        if self._left <= 0:
            self.close()
            self._reason = "Cores were recorded until the run's limit was reached."
            self.announce(self._start)

    def close(self) -> None:
        while self._rings:
            self._rings.pop().close()


class _Ring:
    """One CPU's ring; we are its only reader."""

    def __init__(self, descriptor: int, pages: int) -> None:
        self._descriptor = descriptor
        self._size = pages * mmap.PAGESIZE
        self._memory = mmap.mmap(descriptor, self._size + mmap.PAGESIZE)
        whole = memoryview(self._memory)
        # Loads of 8 bytes at once: the kernel moves the head while we read it.
        self._control = whole[: mmap.PAGESIZE].cast("Q")
        self._data = whole[mmap.PAGESIZE :]
        self._file = -1

    def open_file(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    def copy(self) -> int:
        """Appends what is new to the file and returns its bytes."""
        head, tail = self._control[HEAD], self._control[TAIL]
        if head == tail:
            return 0
        start, length = tail % self._size, head - tail
        first = self._data[start : min(start + length, self._size)]
        try:
            os.write(self._file, first)
            if len(first) < length:
                os.write(self._file, self._data[: length - len(first)])
        except OSError:
            # A full disk; the ring must be emptied all the same.
            pass
        self._control[TAIL] = head
        return length

    def close(self) -> None:
        self._control.release()
        self._data.release()
        os.close(self._descriptor)
        if self._file >= 0:
            os.close(self._file)


def _open_ring(pid: int, cpu: int):
    """The ring of this CPU, or None when it has just been switched off."""
    try:
        descriptor = _perf_event_open(pid, cpu)
    except OSError as error:
        if error.errno == errno.ENODEV:
            return None
        raise
    for pages in RING_PAGES:
        try:
            return _Ring(descriptor, pages)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOMEM) or pages == RING_PAGES[-1]:
                os.close(descriptor)
                raise
    return None


def _perf_event_open(pid: int, cpu: int) -> int:
    number = SYSTEM_CALL.get(platform.machine()) if sys.platform.startswith("linux") else None
    if number is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    flags = (
        INHERIT
        | EXCLUDE_KERNEL
        | EXCLUDE_HYPERVISOR
        | COMM
        | TASK
        | SAMPLE_ID_ALL
        | COMM_EXEC
        | USE_CLOCK
        | CONTEXT_SWITCH
    )
    attributes = struct.pack(
        "=IIQQQQQIIQQQQIiQIHH",
        TYPE_SOFTWARE, ATTRIBUTES_BYTES, COUNT_DUMMY, 1, SAMPLE_TID | SAMPLE_TIME | SAMPLE_CPU, 0, flags,
        0, 0, 0, 0, 0, 0, 0, CLOCK_MONOTONIC, 0, 0, 0, 0,
    )  # fmt: skip
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.syscall(
        ctypes.c_long(number), ctypes.create_string_buffer(attributes, len(attributes)), ctypes.c_int(pid),
        ctypes.c_int(cpu), ctypes.c_int(-1), ctypes.c_ulong(FLAG_CLOSE_ON_EXEC),
    )  # fmt: skip
    if descriptor < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return descriptor
