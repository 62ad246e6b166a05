"""The standard library as it was before we, or the user's program, changed it. Imports nothing of ours.

Everything of the recorder goes through these names, so that a program which replaces `os.open` or `time.sleep` neither
sees our calls nor breaks them.
"""

from __future__ import annotations

import _thread
import mmap as _mmap
import os
import struct as _struct
import sys
import time

now = time.perf_counter_ns
wall_now = time.time_ns
cpu_now = time.process_time_ns
sleep = time.sleep

allocate_lock = _thread.allocate_lock
LockType = _thread.LockType
RLock = _thread.RLock
get_ident = _thread.get_ident
get_native_id = getattr(_thread, "get_native_id", lambda: 0)
start_new_thread = _thread.start_new_thread
ThreadLocal = _thread._local

getframe = sys._getframe
# Python's mmap keeps a descriptor of its own open, which no program expects and which it may close: then, when the
# mapping goes, Python would close whatever has got that number by then. From 3.13 on it can be told not to.
MMAP_KEEPS_DESCRIPTOR = os.name == "posix" and sys.version_info < (3, 13)
if os.name == "posix" and not MMAP_KEEPS_DESCRIPTOR:

    def mmap(file: int, size: int):
        """Maps the first `size` bytes of an open file."""
        return _mmap.mmap(file, size, trackfd=False)

else:
    mmap = _mmap.mmap
Struct = _struct.Struct
# What a write raises at the end of a segment.
segment_ends = (StopIteration, _struct.error)

open_file = os.open
close_file = os.close
remove_file = os.unlink
write_file = os.write
fstat = os.fstat
ftruncate = os.ftruncate
posix_fallocate = getattr(os, "posix_fallocate", None)
getpid = os.getpid
getppid = os.getppid
OPEN_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
OPEN_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
