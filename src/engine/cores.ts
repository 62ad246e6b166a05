/**
 * Decodes what the supervisor wrote about cores: the kernel's switch records of each CPU (`cores-N.perf`) or the samples
 * (`cores.samples`), into one queue of switches a core, in the order of time.
 *
 * A kernel record is a header (u32 type, u16 misc, u16 size), its own fields, and as the last 24 bytes pid, tid (u32),
 * time (u64), cpu and a reserved word (u32).
 */
import { u16, u32, u64 } from './bytes';
import { CoreQueue, OFF, OFF_PREEMPTED, ON, ON_WANTED, UNKNOWN } from './coreQueue';
import type { ProblemLog } from './problemLog';

const LOST = 2;
const EXIT = 4;
const SWITCH = 14;
const MISC_SWITCH_OUT = 1 << 13;
const MISC_SWITCH_OUT_PREEMPT = 1 << 14;
const TRAILER_BYTES = 24;
/** The smallest record is a header and the trailer. */
const SMALLEST = 8 + TRAILER_BYTES;

const SAMPLE_BYTES = 32;
const LARGEST_CORE = 4095;

interface Sample {
  readonly pid: number;
  readonly tid: number;
  readonly ranNs: number;
  /** How long it waited for a core. */
  readonly wantedNs: number;
  readonly core: number;
}

export class Cores {
  /** By number of the core. */
  readonly queues: (CoreQueue | undefined)[] = [];
  /** Times at which a thread of the system ended, by its number; on the recorder's clock. */
  readonly exits = new Map<number, number[]>();
  /** Latest time of any switch or sample, on the recorder's clock; 0 before the first. */
  latest = 0;
  private readonly broken = new Set<string>();
  private samples: Sample[] = [];
  private samplesTime = 0;
  /** By number of the thread: when it last left a core, and how long it has waited for one since. */
  private readonly sampledThreads = new Map<number, { offAt: number; wantedNs: number }>();
  /** Per core: the time before which its samples are placed already. */
  private readonly sampledUntil: number[] = [];

  constructor(private readonly problems: ProblemLog) {}

  /** Takes a piece of a file that starts at the end of the last one; returns how many bytes were read. */
  append(file: string, bytes: Uint8Array): number {
    if (this.broken.has(file)) return bytes.length;
    if (file === 'cores.samples') return this.appendSamples(bytes);
    const core = Number.parseInt(file.slice('cores-'.length), 10);
    if (!(core >= 0 && core <= LARGEST_CORE)) return bytes.length;
    return this.appendKernelRecords(file, this.queue(core), bytes);
  }

  /** No samples will follow: places the last ones. */
  finish(): void {
    this.placeSamples();
  }

  private queue(core: number): CoreQueue {
    let queue = this.queues[core];
    if (!queue) this.queues[core] = queue = new CoreQueue();
    return queue;
  }

  private appendKernelRecords(file: string, queue: CoreQueue, bytes: Uint8Array): number {
    let at = 0;
    while (at + 8 <= bytes.length) {
      const size = u16(bytes, at + 6);
      if (size < SMALLEST) {
        this.broken.add(file);
        this.problems.add('corrupt', `${file} cannot be read any further; that core is unknown from there on.`);
        return bytes.length;
      }
      if (at + size > bytes.length) break;
      this.readKernelRecord(queue, bytes, at, size);
      at += size;
    }
    return at;
  }

  private readKernelRecord(queue: CoreQueue, bytes: Uint8Array, at: number, size: number): void {
    const type = u32(bytes, at);
    const trailer = at + size - TRAILER_BYTES;
    this.latest = Math.max(this.latest, u64(bytes, trailer + 8));
    if (type === SWITCH) {
      const misc = u16(bytes, at + 4);
      const preempted = (misc & MISC_SWITCH_OUT_PREEMPT) !== 0;
      const change = misc & MISC_SWITCH_OUT ? (preempted ? OFF_PREEMPTED : OFF) : ON;
      queue.add(u64(bytes, trailer + 8), u32(bytes, trailer), u32(bytes, trailer + 4), change);
    } else if (type === EXIT) {
      const [pid, tid, time] = [u32(bytes, at + 8), u32(bytes, at + 16), u64(bytes, trailer + 8)];
      queue.add(time, pid, tid, OFF);
      const times = this.exits.get(tid);
      if (times) times.push(time);
      else this.exits.set(tid, [time]);
    } else if (type === LOST) {
      queue.add(u64(bytes, trailer + 8), 0, 0, UNKNOWN);
      this.problems.count(
        'lost',
        '# switches of threads on cores were lost; the cores show gaps there.',
        u64(bytes, at + 16),
      );
    }
  }

  private appendSamples(bytes: Uint8Array): number {
    const end = bytes.length - (bytes.length % SAMPLE_BYTES);
    for (let at = 0; at < end; at += SAMPLE_BYTES) {
      const time = u64(bytes, at);
      const core = u16(bytes, at + 28);
      if (time !== this.samplesTime) {
        this.placeSamples();
        this.samplesTime = time;
      }
      this.latest = Math.max(this.latest, time);
      if (core > LARGEST_CORE) continue;
      this.samples.push({
        pid: u32(bytes, at + 8),
        tid: u32(bytes, at + 12),
        ranNs: u32(bytes, at + 16),
        wantedNs: u32(bytes, at + 20),
        core,
      });
    }
    return end;
  }

  /** Lays what ran since the last sample before this one, one after the other where threads shared a core. */
  private placeSamples(): void {
    const time = this.samplesTime;
    const total: number[] = [];
    for (const { core, ranNs } of this.samples) total[core] = (total[core] ?? 0) + ranNs;
    const cursor = total.map((sum, core) => Math.max(this.sampledUntil[core] ?? 0, time - sum));
    for (const { pid, tid, ranNs, wantedNs, core } of this.samples) {
      const start = cursor[core] as number;
      const end = Math.min(time, start + ranNs);
      const before = this.sampledThreads.get(tid);
      const wanted = wantedNs + (before?.wantedNs ?? 0);
      if (end <= start) {
        if (before) before.wantedNs = wanted;
        continue;
      }
      const gap = before ? start - before.offAt : 0;
      this.queue(core).add(start, pid, tid, wanted * 2 > gap && wanted > 0 ? ON_WANTED : ON);
      this.queue(core).add(end, pid, tid, OFF);
      this.sampledThreads.set(tid, { offAt: end, wantedNs: 0 });
      cursor[core] = end;
      this.sampledUntil[core] = end;
    }
    this.samples = [];
  }
}
