"""Where the cores come from, and what is written of them."""

from __future__ import annotations

import struct
import sys
import unittest

from support import record_program

BUSY = """
import os, threading, time
def burn(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end: pass
def live_on():
    # A sample that comes after the work still tells all of it.
    burn(0.15)
    time.sleep(0.5)
threads = [threading.Thread(target=live_on) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(os.getpid(), *[thread.native_id for thread in threads])
"""


def switches(content):
    """(type, misc, pid, tid, time, cpu) of the kernel's records in one CPU's file."""
    offset = 0
    while offset < len(content):
        kind, misc, size = struct.unpack_from("=IHH", content, offset)
        pid, tid, time, cpu = struct.unpack_from("=IIQI", content, offset + size - 24)
        yield kind, misc, pid, tid, time, cpu
        offset += size


@unittest.skipUnless(sys.platform.startswith("linux"), "Linux alone tells cores")
class Cores(unittest.TestCase):
    def test_exact(self):
        recording = record_program(BUSY, cores="exact")
        if recording.cores["source"] == "none":
            # Where the kernel refuses, the sentence for the user is what there is to test.
            self.assertRegex(recording.cores["reason"], r"^Cores are .*\.$")
            return
        self.assertEqual((recording.cores["source"], recording.cores["reason"]), ("exact", ""))
        ids = [int(word) for word in recording.stdout.split()]
        ran = {}
        for content in recording.files.values():
            since = {}
            for kind, misc, _pid, tid, time, cpu in switches(content) if content[:1] != b"{" else ():
                if kind == 14 and not misc & 0x2000:
                    since[tid] = time
                elif tid in since:
                    self.assertGreaterEqual(time, since[tid])
                    ran[tid] = ran.get(tid, 0) + time - since.pop(tid)
                self.assertLess(cpu, recording.cores["count"])
        for tid in ids[1:]:
            # Both burn 0.15 s of a core, and a little for the rest of a thread's life.
            self.assertGreater(ran[tid], 0.14e9)
            self.assertLess(ran[tid], 0.4e9)

    def test_sampled(self):
        recording = record_program(BUSY, cores="sampled")
        self.assertEqual(recording.cores["source"], "sampled")
        self.assertRegex(recording.cores["reason"], r"\.$")
        content = recording.files["cores.samples"]
        self.assertEqual(len(content) % 32, 0)
        samples = list(struct.iter_unpack("<QIIIIIHBx", content))
        self.assertEqual(samples, sorted(samples, key=lambda sample: sample[0]))
        pid, *tids = [int(word) for word in recording.stdout.split()]
        for tid in tids:
            mine = [sample for sample in samples if sample[2] == tid]
            self.assertEqual({sample[1] for sample in mine}, {pid})
            self.assertGreater(sum(sample[3] for sample in mine), 0.1e9)
            self.assertTrue(all(sample[6] < recording.cores["count"] for sample in mine))

    def test_none(self):
        recording = record_program(BUSY, cores="none")
        self.assertEqual((recording.cores["source"], list(recording.files)), ("none", ["cores.json"]))
        self.assertTrue(recording.cores["reason"])

    def test_start_is_before_the_first_record(self):
        recording = record_program(BUSY, cores="none")
        self.assertLess(recording.cores["startNs"], recording.events[0].time)
        self.assertEqual(recording.cores["startNs"], recording.end["startNs"])
        self.assertGreater(recording.end["endNs"], recording.events[-1].time)


if __name__ == "__main__":
    unittest.main()
