"""Which thread ran on which core: where the supervisor gets it from, and in which form it writes it down.

exact      The kernel's own switch records (perf_event_open, context switches of our tasks only), without root where
           kernel.perf_event_paranoid is at most 2. `cores-CPU.perf` holds the bytes of that CPU's ring as they come.
sampled    /proc: what the scheduler has counted for each thread, a few hundred times a second. See `cores_sampled.py`
           for the layout of `cores.samples`.
none       Neither; the reason says why.

`cores.json` says which one it is: {source, count, reason, startNs}. The reason is a sentence for the user, empty when
the source is exact.
"""

from __future__ import annotations

import os


class Source:
    """Where cores are known from."""

    kind = "none"
    interval_seconds = 3600.0
    """How long one may sleep between two calls of `copy`."""

    def __init__(self, folder: str, reason: str) -> None:
        self._folder = folder
        self._reason = reason
        self._start = 0

    def announce(self, start: int) -> None:
        """Writes cores.json; `start` is the perf_counter_ns at which the program begins."""
        self._start = start
        content = {"source": self.kind, "count": count(), "reason": self._reason, "startNs": start}
        write_json(os.path.join(self._folder, "cores.json"), content)

    def copy(self) -> None:
        """Writes down what is new."""

    def close(self) -> None:
        """Ends it; the files stay."""


class NoCores(Source):
    """Nothing is known."""


def open_source(pid: int, folder: str, limit: int, forced: str) -> Source:
    """The best source that works here, for a process that has one thread and waits for us.

    `limit` is the run's limit in bytes. `forced` names a kind instead, for tests.
    """
    reason = ""
    if forced in ("", "exact"):
        try:
            from . import cores_exact

            return cores_exact.ExactCores(pid, folder, limit)
        except (ImportError, OSError) as error:
            reason = _why_not_exact(error)
    if forced in ("", "sampled"):
        try:
            from . import cores_sampled

            return cores_sampled.SampledCores(pid, folder, limit, reason or "Cores are sampled, as was asked for.")
        except (ImportError, OSError) as error:
            reason = "%s Nor can the cores be sampled: %s." % (reason, error)
    return NoCores(folder, reason.strip() or "Cores are not recorded, as was asked for.")


def count() -> int:
    """Number of cores, by the highest number in use plus one."""
    return max(online(), default=0) + 1


def online() -> list:
    """Numbers of the cores that are switched on, also those that this process may not use."""
    try:
        with open("/sys/devices/system/cpu/online", encoding="ascii") as file:
            parts = file.read().strip().split(",")
        ranges = [part.split("-") for part in parts]
        return [cpu for ends in ranges for cpu in range(int(ends[0]), int(ends[-1]) + 1)]
    except (OSError, ValueError):
        return list(range(os.cpu_count() or 1))


def write_json(path: str, content: dict) -> None:
    """Writes the whole file or nothing; without a word when the run's folder is gone."""
    import json

    try:
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(content, file)
        os.replace(path + ".new", path)
    except OSError:
        pass


def _why_not_exact(error: Exception) -> str:
    import errno

    number = getattr(error, "errno", None)
    if number in (errno.EACCES, errno.EPERM):
        paranoid = _paranoid()
        if paranoid > 2:
            return (
                "Cores are sampled, since this system keeps the kernel's switch records for root "
                "(kernel.perf_event_paranoid is %d). `sudo sysctl kernel.perf_event_paranoid=2` makes them exact."
                % paranoid
            )
        return (
            "Cores are sampled, since the kernel's switch records are forbidden here, as they are in most containers. "
            "Starting the container with `--cap-add PERFMON` and a seccomp profile that allows perf_event_open makes "
            "them exact."
        )
    if number in (errno.ENOSYS, errno.ENOENT, errno.EOPNOTSUPP):
        return "Cores are sampled, since this kernel has no switch records (perf_event_open)."
    return "Cores are sampled, since the kernel's switch records cannot be read (%s)." % error


def _paranoid() -> int:
    try:
        with open("/proc/sys/kernel/perf_event_paranoid", encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return 0
