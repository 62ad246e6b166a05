/**
 * Goes through the switches of all cores in the order of time: makes the rows of the core table and tells the thread
 * states who went on and off. Only up to a time up to which all files have been read, so that threads are known.
 */
import type { OpenCoreSpan } from '../../common/trace';
import { type Change, type CoreQueue, OFF_PREEMPTED, ON, ON_WANTED, UNKNOWN } from './coreQueue';
import type { Cores } from './cores';
import type { Model } from './model';
import type { States } from './states';

interface Occupant {
  readonly pid: number;
  readonly tid: number;
  readonly unit: number;
  readonly since: number;
}

/** A Python that starts takes this long at most until its main thread is known by its first record. */
const LONGEST_START_NS = 10e9;

export class CoreSweep {
  private readonly occupants: (Occupant | null)[] = [];

  constructor(
    private readonly model: Model,
    private readonly cores: Cores,
    private readonly states: States,
  ) {}

  advance(horizon: number, sampled: boolean): void {
    const { queues } = this.cores;
    const origin = this.originNs();
    const until = horizon + origin;
    for (;;) {
      // 1. The core whose next switch is the earliest, and when another one's turn comes.
      let first = -1;
      let othersTime = until;
      let time = Number.POSITIVE_INFINITY;
      for (let core = 0; core < queues.length; core++) {
        const next = queues[core]?.nextTime ?? Number.POSITIVE_INFINITY;
        if (next < time) {
          othersTime = Math.min(until, time);
          time = next;
          first = core;
        } else othersTime = Math.min(othersTime, next);
      }
      const queue = queues[first];
      if (!queue || time > until) return;
      // 2. All its switches up to there.
      for (; queue.nextTime <= othersTime && queue.nextTime < Number.POSITIVE_INFINITY; queue.drop()) {
        this.take(first, queue, queue.nextTime - origin, sampled ? 2 : 0);
      }
    }
  }

  openSpans(): OpenCoreSpan[] {
    const open: OpenCoreSpan[] = [];
    this.occupants.forEach((occupant, core) => {
      if (occupant) open.push({ core, unit: occupant.unit + 1, start: Math.max(0, occupant.since) });
    });
    return open;
  }

  /** The recorder's clock at the trace's origin; 2 ns off on a machine that runs for 100 days, which does not matter. */
  originNs(): number {
    const [high, low] = this.model.origin ?? [0, 0];
    return high * 4294967296 + low;
  }

  private take(core: number, queue: CoreQueue, time: number, sampledFlag: number): void {
    const { nextPid: pid, nextTid: tid, nextChange: change } = queue;
    const occupant = this.occupants[core] ?? null;
    if (change === ON || change === ON_WANTED) {
      const unit = this.unitOf(pid, tid, time);
      this.occupants[core] = { pid, tid, unit, since: time };
      if (unit !== -1) this.states.on(unit, time, change === ON_WANTED);
      return;
    }
    if (change !== UNKNOWN && occupant && occupant.tid === tid) this.leave(core, occupant, time, change, sampledFlag);
    else if (occupant && occupant.unit !== -1) this.states.forget(occupant.unit, time);
    this.occupants[core] = null;
  }

  private leave(core: number, occupant: Occupant, time: number, change: Change, sampledFlag: number): void {
    // A thread's first stretch may begin before its first record; by the end of it it is known.
    const unit = occupant.unit === -1 ? this.unitOf(occupant.pid, occupant.tid, time) : occupant.unit;
    if (unit !== -1) this.states.off(unit, occupant.since, time, change === OFF_PREEMPTED);
    if (time <= 0) return;
    const { coreSpans } = this.model;
    const row = coreSpans.add();
    coreSpans.columns.core[row] = core;
    coreSpans.columns.unit[row] = unit + 1;
    coreSpans.columns.start[row] = Math.max(0, occupant.since);
    coreSpans.columns.end[row] = time;
    coreSpans.columns.flags[row] = (change === OFF_PREEMPTED ? 1 : 0) | sampledFlag;
  }

  /** The unit behind a thread of the system at a time; numbers are used again, so the latest that had begun. */
  private unitOf(pid: number, tid: number, time: number): number {
    const threads = this.model.threadsByTid.get(tid);
    if (!threads) return this.foreignProcess(pid);
    let next = -1;
    for (let i = threads.length - 1; i >= 0; i--) {
      const row = threads[i] as number;
      const { start } = this.model.unit(row);
      if (start <= time) {
        // Between two threads of one number: what runs long after the one ended is the start of the next.
        const { end } = this.model.unit(row);
        const isNext = next !== -1 && end < time && this.model.unit(next).start - time < time - end;
        return isNext ? next : row;
      }
      next = row;
    }
    return next !== -1 && this.model.unit(next).start - time < LONGEST_START_NS ? next : -1;
  }

  /** The unit of a program that does not record itself (a shell, say). */
  private foreignProcess(pid: number): number {
    const processes = this.model.processes.get(pid);
    const row = processes?.[processes.length - 1];
    return row !== undefined && this.model.unitSpaces[row] === null ? row : -1;
  }
}
