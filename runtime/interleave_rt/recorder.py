"""Writes facts to memory-mapped segment files; the only module that does.

Each thread has a stream of its own, so that nothing is shared on the hot path: a pre-sized file, a `Struct` and a slot
counter. (A shared counter or even a shared `Struct` does not scale on free-threaded builds.) A record is one `pack_into`
whose last field commits it, so whatever was written survives SIGKILL, `os._exit` and a crash. The slot is taken before
the clock is read: a finalizer or signal handler that records in between gets the next slot, and nothing is overwritten.
An exception raised in between leaves a hole, which readers step over.

A stream outlives its thread and goes to the next one (a file for each of 10,000 short threads would cost more than the
threads); `thread_begin` records tell them apart. The end of a segment costs nothing: there are no more slots. The limit
of the whole run is kept by one file that grows by a byte for each 64 KiB handed out; it needs no lock. Space on the disk
is reserved before it is mapped, since a full disk would otherwise be a SIGBUS in the user's program. No descriptor stays
open, so a program may close all of them.

Guarantees: never raises into the caller, never blocks on a lock that other threads can hold while running user code.
"""

from __future__ import annotations

import itertools

from . import _schema as schema
from . import originals
from .versions import CLOCK_IS_SHARED, gil_enabled

FIRST_SEGMENT_BYTES = 64 * 1024
LARGEST_SEGMENT_BYTES = 4 * 1024 * 1024
QUOTA_UNIT = 64 * 1024
# 10 million records and their texts.
DEFAULT_LIMIT_BYTES = 352 * 1024 * 1024
GLOBAL_ID = 1 << 52
NAMED_ID = 1 << 51
UNKNOWN_ORIGIN = schema.FLAG_2

local = originals.ThreadLocal()
"""Per thread: `w` = (pack, buffer, slot, unit id of the thread), `r` = the same for what ends no epoch, `stream`; in race
mode `touched`, `seen` and `epoch`, see `rewrite.accesses`."""

end_epoch = None
"""In race mode, what is called with the thread's `epoch()` before a fact is recorded; see `rewrite.accesses`."""
concurrency_begins = None
"""In race mode, what is called when a second thread or task is about to be."""
current_task = None
"""What tells the state of the task that runs on the calling thread, None outside of tasks; None before asyncio is used."""
processes_begin = None
"""In race mode, what is called when a second process is about to be."""


class Run:
    """What all streams of this interpreter share. Changed at start and in a forked child only."""

    __slots__ = (
        "folder",
        "limit",
        "pid",
        "interpreter",
        "nonce",
        "streams",
        "free",
        "unit",
        "active",
        "ended",
        "texts",
        "parked",
    )

    def __init__(self) -> None:
        self.folder = ""
        self.limit = DEFAULT_LIMIT_BYTES
        self.pid = 0
        self.interpreter = 0
        self.nonce = 0
        self.streams = itertools.count()
        self.free: list[Stream] = []
        self.unit = 0
        self.active = False
        self.ended = False
        self.texts: dict[str, int] = {}
        # In a subinterpreter: the system's number of a thread -> (its stream, its unit), see adopt_thread.
        self.parked: dict[int, tuple] = {}


run = Run()
after_fork: list = []
"""What a forked child calls once its space has begun."""
before_thread_end: list = []
"""What a thread calls before it gives its stream back."""
before_end: list = []
"""What is called before the last record of the space."""
_text_ids = itertools.count(1)
_site_ids = itertools.count(1)
_job_ids = itertools.count(1)
# Re-entrant, since a finalizer or signal handler may need an id while its thread is taking one.
_id_lock = originals.RLock()


_full: list = []
"""Where a mapping that goes would close a descriptor that may be the program's by now: the segments that are full."""


class Stream:
    """A writer's place: the current segment of one thread. Used by one thread at a time."""

    __slots__ = ("number", "sequence", "buffer", "pack", "slots", "slot", "next_id", "dropped", "advancing", "size")

    def __init__(self) -> None:
        self.number = next(run.streams)
        self.sequence = 0
        self.size = FIRST_SEGMENT_BYTES
        self.dropped = 0
        self.advancing = False
        self.next_id = itertools.count((self.number << 32) + 1).__next__
        # An instance of its own: a shared Struct is a bottleneck on free-threaded builds.
        self.pack = originals.Struct("<QqqII").pack_into
        self.buffer = None
        self.slots = iter(())
        self.slot = _no_slot
        self.advance()

    def advance(self) -> None:
        """Goes on in a new segment; when there can be none, from here on counts what is lost."""
        self.advancing = True
        try:
            try:
                buffer = _new_segment(self)
            except OSError:
                buffer = None
            if buffer is None:
                self._stop()
                return
            if originals.MMAP_KEEPS_DESCRIPTOR and self.buffer is not None:
                _full.append(self.buffer)
            self.buffer = buffer
            self.slots = iter(range(schema.HEADER_BYTES, self.size, schema.RECORD_BYTES))
            self.slot = self.slots.__next__
            self.pack = originals.Struct("<QqqII").pack_into
            self.size = min(self.size * 2, LARGEST_SEGMENT_BYTES)
        finally:
            self.advancing = False

    def _stop(self) -> None:
        if self.buffer is None:
            # A stream that never had a segment leaves at least a header, which counts what it lost.
            try:
                self.buffer = _map_segment(self, schema.HEADER_BYTES)
            except OSError:
                self.buffer = bytearray(schema.HEADER_BYTES)
        whole = self.buffer
        originals.Struct("<QqqII").pack_into(
            whole, schema.HEADER_LAST_RECORD, originals.now(), 0, run.limit, 0, schema.DROPPED
        )
        count = originals.Struct("<Q").pack_into

        def lose(buffer: object, slot: int, *fields: int) -> None:
            self.dropped += 1
            count(whole, schema.HEADER_DROPPED, self.dropped)

        self.pack = lose
        self.slots = iter(())
        self.slot = _no_slot


def _no_slot() -> int:
    return 0


def _new_segment(stream: Stream):
    """The mapped file of the stream's next segment, or None when the run's limit is reached. Raises OSError."""
    size = stream.size
    quota = originals.open_file(run.folder + "/quota", originals.OPEN_APPEND, 0o600)
    try:
        used = originals.fstat(quota).st_size * QUOTA_UNIT
        if used + size > run.limit:
            return None
        originals.write_file(quota, b"\0" * (size // QUOTA_UNIT))
    finally:
        originals.close_file(quota)
    return _map_segment(stream, size)


def _map_segment(stream: Stream, size: int):
    """A new segment file of this size, mapped, with its header. Raises OSError."""
    path = "%s/%d-%d-%x-%d-%d.seg" % (
        run.folder, run.pid, run.interpreter, run.nonce, stream.number, stream.sequence,
    )  # fmt: skip
    try:
        buffer = _map_file(path, size)
        features = (1 if gil_enabled() else 0) | (2 if CLOCK_IS_SHARED else 0)
        originals.Struct("<8sIIQIIQQIIQQ").pack_into(
            buffer, 0, b"", run.pid, run.interpreter, run.nonce, stream.number, stream.sequence,
            originals.now(), originals.wall_now(), _hexversion(), features, stream.dropped, size,
        )  # fmt: skip
        # Last: a file without it has nothing to be read yet.
        originals.Struct("<8s").pack_into(buffer, schema.HEADER_MAGIC, schema.SEGMENT_MAGIC)
    except BaseException:
        # A signal handler of the program's has thrown something in between; the next try needs the name.
        try:
            originals.remove_file(path)
        except OSError:
            # It came before the file.
            pass
        raise
    stream.sequence += 1
    return buffer


def _map_file(path: str, size: int):
    file = originals.open_file(path, originals.OPEN_NEW, 0o600)
    try:
        if originals.posix_fallocate is not None:
            originals.posix_fallocate(file, 0, size)
        else:
            originals.ftruncate(file, size)
        return originals.mmap(file, size)
    finally:
        originals.close_file(file)


def _hexversion() -> int:
    import sys

    return sys.hexversion


_OUR_ERRORS = (
    AttributeError, IndexError, KeyError, MemoryError, NameError, OSError, OverflowError, RuntimeError,
    StopIteration, TypeError, UnboundLocalError, ValueError,
)  # fmt: skip
_HERE = __file__[: -len("recorder.py")]


def is_foreign(error: Exception, _ours=_OUR_ERRORS, _here=_HERE) -> bool:
    """Whether an exception that was caught in our code was thrown into it from outside: by a signal handler of the
    program's, or by `PyThreadState_SetAsyncExc`. It is the program's, and must go on its way.
    """
    kind = type(error)
    if kind not in _ours and kind.__module__ != "struct":
        return True
    traceback = error.__traceback__
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    return not traceback.tb_frame.f_code.co_filename.startswith(_here)


def _make_record():
    local_ = local
    now = originals.now
    slow = record_slow
    foreign = is_foreign

    def record(commit: int, object_id: int = 0, arg: int = 0, site: int = 0) -> None:
        """Writes one record; `commit` is kind | operation | outcome | flags, each already shifted."""
        try:
            pack, buffer, slot, _ = local_.w
            pack(buffer, slot(), now(), object_id, arg, site, commit)
        except Exception as error:
            if foreign(error):
                raise
            # No segment yet, or its end; not by the class of the error, of which there are two once a program has
            # imported `_struct` a second time.
            slow(commit, object_id, arg, site)

    return record


def record_slow(commit: int, object_id: int, arg: int, site: int) -> None:
    """The first record of a thread that we did not see start, or the end of a segment."""
    try:
        if run.active:
            _write(originals.now(), object_id, arg, site, commit)
    except Exception as error:
        if is_foreign(error):
            raise
        # Python is shutting down and has cleared our modules, or memory ran out.


record = _make_record()


def record_in_place(commit: int, object_id: int, arg: int, site: int) -> None:
    """Writes a record where the calling thread has just failed to, so that no reader waits for what never comes."""
    try:
        pack, buffer, slot, _ = local.r
        end = len(buffer) - slot.__self__.__length_hint__() * schema.RECORD_BYTES
        place = end - schema.RECORD_BYTES
        if place >= schema.HEADER_BYTES and end <= len(buffer) and not any(buffer[end - 4 : end]):
            pack(buffer, place, originals.now(), object_id, arg, site, commit)
            return
    except Exception as error:
        if is_foreign(error):
            raise
        # Nothing can be written, or no segment is there yet: the usual way finds out.
    record(commit, object_id, arg, site)


def saw(commit: int, object_id: int, site: int = 0) -> None:
    """In race mode, records that the calling thread saw without waiting what another did (an item, an end, a flag)."""
    if end_epoch is not None:
        record(schema.ACQUIRE | commit, object_id, 0, site)


def begin_thread(unit: int, commit: int, site: int = 0) -> None:
    """Gives the calling thread a stream and writes its thread_begin; `commit` holds its flags."""
    stream = _free_stream()
    local.stream = stream
    _use(stream, unit)
    record(commit, unit, originals.get_native_id(), site)


def _use(stream: Stream, unit: int) -> None:
    """The calling thread writes to this stream from now on."""
    local.r = local.w = (stream.pack, stream.buffer, stream.slot, unit)
    if end_epoch is not None:
        local.w = (stream.pack, stream.buffer, _slot_after_epoch(stream.slot), unit)


def _slot_after_epoch(slot):
    touched, seen, number = epoch()
    end = end_epoch

    def next_slot() -> int:
        if touched or seen:
            end(touched, seen, number)
        return slot()

    return next_slot


def epoch() -> tuple[list, set, list]:
    """The calling thread's epoch in race mode: the slots touched in it, the accesses told in it, [its number]."""
    try:
        return local.touched, local.seen, local.epoch
    except AttributeError:
        local.touched, local.seen, local.epoch = [], set(), [0]
        return local.touched, local.seen, local.epoch


def _free_stream() -> Stream:
    """One that a thread has left, or a new one. Any number of threads may ask at once."""
    try:
        return run.free.pop()
    except IndexError:
        return Stream()


def end_thread(outcome: int = schema.OUTCOME_OK) -> None:
    """Writes the calling thread's thread_end and gives its stream back."""
    w = getattr(local, "w", None)
    if w is None:
        return
    for call in before_thread_end:
        call()
    record(schema.THREAD_END | outcome, w[3])
    stream = local.stream
    del local.w, local.r, local.stream
    run.free.append(stream)


def adopt_thread() -> int:
    """Makes a unit of a thread that was started behind our back (by a C library, say); returns its id.

    A thread that comes into a subinterpreter again and again is new to Python each time, but one unit to us.
    """
    number = originals.get_native_id()
    stream, unit = run.parked.get(number, (None, 0))
    if stream is not None:
        local.stream = stream
        _use(stream, unit)
        return unit
    stream = _free_stream()
    unit = stream.next_id()
    local.stream = stream
    _use(stream, unit)
    record(schema.THREAD_BEGIN | UNKNOWN_ORIGIN, unit, number)
    if run.interpreter and number:
        run.parked[number] = (stream, unit)
    return unit


def current_thread_unit() -> int:
    """Unit id of the calling thread."""
    try:
        return local.w[3]
    except AttributeError:
        return adopt_thread() if run.active else 0


def new_id() -> int:
    """A fresh id of this space, below 2**52: stream << 32 | count."""
    try:
        return local.stream.next_id()
    except AttributeError:
        if not run.active:
            return 0
        adopt_thread()
        return local.stream.next_id()


def new_global_id() -> int:
    """A fresh id that is the same in all processes: for jobs, which cross them."""
    with _id_lock:
        return GLOBAL_ID | (run.pid & 0x3FFFFF) << 29 | (next(_job_ids) & 0x1FFFFFFF)


def id_lock():
    """Held by a thread while it makes something known that must be known once."""
    return _id_lock


def named_id(name: str) -> int:
    """The id that every process gives to the thing which the system knows by this name (FNV-1a, 51 bits)."""
    h = 0xCBF29CE484222325
    for byte in name.encode("utf-8", "surrogatepass"):
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return GLOBAL_ID | NAMED_ID | (h & (NAMED_ID - 1))


def text(value: str) -> int:
    """Id of a text, written once for each space (a forked child knows its parent's). 0 for the empty text."""
    if not value:
        return 0
    known = run.texts.get(value)
    if known is not None:
        return known
    if not run.active:
        return 0
    with _id_lock:
        known = next(_text_ids)
    data = value.encode("utf-8", "replace")[:4096]
    parts = [data[i : i + 24] for i in range(0, len(data), 24)]
    for i, part in enumerate(parts):
        padded = part.ljust(24, b"\0")
        fields = [int.from_bytes(padded[j : j + 8], "little", signed=j > 0) for j in (0, 8, 16)]
        more = schema.FLAG_0 if i + 1 < len(parts) else 0
        _write(fields[0], fields[1], fields[2], known, schema.STRING | len(part) << 8 | more)
    run.texts[value] = known
    return known


def define_site(
    file: str, function: str, line: int, end_line: int, column: int, end_column: int, *, whole: bool = False
) -> int:
    """Writes a site (a place, or a `whole` function) and returns its id. Columns count from 0, -1 is unknown."""
    if not run.active:
        return 0
    file_id, function_id = text(file), text(function)
    with _id_lock:
        site = next(_site_ids)
    _write(
        file_id | function_id << 32,
        line | end_line << 32,
        _signed((column & 0xFFFFFFFF) | (end_column & 0xFFFFFFFF) << 32),
        site,
        schema.SITE | (schema.FLAG_0 if whole else 0),
    )
    return site


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def plain_record(commit: int, object_id: int, arg: int, site: int) -> None:
    """Writes a record that ends no epoch of the thread."""
    _write(originals.now(), object_id, arg, site, commit)


def write(first: int, object_id: int, arg: int, site: int, commit: int) -> None:
    """Writes a record that ends no epoch and whose first field need not be the time."""
    if run.active:
        _write(first, object_id, arg, site, commit)


def _write(first: int, object_id: int, arg: int, site: int, commit: int) -> None:
    """Writes a record by the long way; its first field need not be the time."""
    if getattr(local, "w", None) is None:
        adopt_thread()
    stream: Stream = local.stream
    for _ in range(2):
        try:
            stream.pack(stream.buffer, stream.slot(), first, object_id, arg, site, commit)
            return
        except Exception as error:
            if is_foreign(error):
                raise
            # Past the end of the segment; or a finalizer recorded while we are on the way to the next one.
            if stream.advancing:
                return
            stream.advance()
            _use(stream, local.w[3])


def fault(sentence: str) -> None:
    """Tells the user, through the trace alone, which facts are missing because something of ours went wrong."""
    try:
        record(schema.FAULT, 0, text(sentence))
    except Exception:
        run.active = False


# How a process came to be, for process_begin's flags.
PROGRAM, FORK, SPAWN, FORKSERVER, PYTHON, SUBINTERPRETER, FORKSERVER_ITSELF, SERVER = range(8)


def start(folder: str, limit: int, how: int, parent: int, interpreter: int = 0) -> None:
    """Begins to record this process or subinterpreter; `parent` is a pid or, for a subinterpreter, its creator's number."""
    run.folder, run.limit = folder, limit
    run.interpreter = interpreter
    _begin_space(how, parent)


def restart_in_forked_child(parent: int, how: int = FORK, server: int = 0) -> None:
    """Begins a space for a forked child; it inherits texts, sites and ids, and writes to none of its parent's files.

    `server` is the pid of the fork server that it is a copy of, when `parent` is the process that asked for it.
    """
    global _id_lock
    _id_lock = originals.RLock()
    local.__dict__.clear()
    run.free = []
    _begin_space(how, parent, server or parent)
    for call in after_fork:
        call()


def _begin_space(how: int, parent: int, copied: int = 0) -> None:
    run.ended = False
    run.pid = originals.getpid()
    run.nonce = originals.now()
    run.active = True
    main = Stream()
    run.unit = main.next_id()
    thread = main.next_id()
    local.stream = main
    _use(main, thread)
    record(schema.PROCESS_BEGIN | how << schema.FLAGS_SHIFT, run.unit, parent, copied)
    record(schema.THREAD_BEGIN | schema.FLAG_0, thread, originals.get_native_id())
    if run.interpreter:
        run.parked[originals.get_native_id()] = (main, thread)


def stop(status: int = 0) -> None:
    """Writes the last record of the space, once; `status` is the exit status, as far as it is known."""
    if run.active and not run.ended:
        run.ended = True
        for call in before_end:
            call()
        record(schema.PROCESS_END | (schema.OUTCOME_FAILED if status else schema.OUTCOME_OK), run.unit, status)
