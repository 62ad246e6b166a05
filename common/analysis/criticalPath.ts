/**
 * The critical path: the chain of stretches that the length of the run came from.
 *
 * It is walked from the end of the run backwards. While a unit does something the path is on it. Where it was waiting and
 * somebody ended the wait, the path goes over to that one at the moment when it did so (released, put, set, ended). Where
 * it began, the path goes over to the one who started it. A wait that nobody is known to have ended (sleep, I/O, time-outs)
 * stays on the path. So at each moment the path is on one unit, and a run gets shorter only if something on it does. By how
 * much is not told: when a part of it shrinks another chain may become the longest.
 *
 * Each step goes back to the beginning of a row, found by binary search; so the work is that of making the indexes, in
 * proportion to the tables, and a logarithm for each row on the path. Steps that do not go back in time are counted and
 * end the walk when there are too many, so that a damaged trace cannot hold it in a circle.
 */
import { OPERATION_FAMILIES } from '../events';
import { THREAD_STATES, type ThreadState } from '../trace';
import { PathWriter } from './pathWriter';
import { Stretches } from './stretches';
import type { RunTables } from './tables';

/**
 * As THREAD_STATES; woken: its wait was ended, it has not gone on yet. starting: it was made or started and has not begun.
 * unrecorded: nothing is known of what it did.
 */
export type PathKind = ThreadState | 'woken' | 'starting' | 'unrecorded';

export interface PathSegment {
  readonly unit: number;
  readonly from: number;
  readonly to: number;
  readonly kind: PathKind;
  /** Wait row + 1 in which the unit stood, 0 for none. */
  readonly wait: number;
  /**
   * Object row + 1 that this stretch is a wait for, 0 for none: its own, or that of the unit to which the path goes over
   * next and which was waiting for the object all the while.
   */
  readonly object: number;
}

export interface CriticalPath {
  /** In the order of time, each beginning where the last one ends. */
  readonly segments: readonly PathSegment[];
  /** False where the chain breaks off before the beginning of the run. */
  readonly isWhole: boolean;
}

/** Bits of a span's flags. */
const STEP = 8;
const JOB = 16;
/** So many steps at one moment are a circle. */
const MOST_AT_ONCE = 1000;
/** A job is taken up just after the wait for it is over; clocks of records differ by less. */
const SLACK_NS = 1e5;

interface Place {
  readonly unit: number;
  readonly time: number;
}

/** Of a run that is over; while it goes on nobody knows what its end will have waited for. */
export function criticalPath(tables: RunTables): CriticalPath {
  const walk = new Walk(tables);
  let place = walk.end();
  let atOnce = 0;
  while (place) {
    const next = walk.step(place);
    if (!next) break;
    atOnce = next.time < place.time ? 0 : atOnce + 1;
    if (atOnce > MOST_AT_ONCE) return { segments: walk.writer.finish(), isWhole: false };
    place = next;
  }
  const segments = walk.writer.finish();
  const begin = walk.begin();
  return { segments, isWhole: segments.length > 0 && (segments[0]?.from ?? 0) <= begin + SLACK_NS };
}

class Walk {
  readonly writer = new PathWriter();
  private readonly waits: Stretches;
  private readonly steps: Stretches;
  private readonly threadSteps: Stretches;
  private readonly threadJobs: Stretches;
  private readonly states: Stretches;
  /** Threads of a process or interpreter. */
  private readonly threads = new Map<number, number[]>();

  constructor(private readonly tables: RunTables) {
    const { units, waits, spans, states } = tables;
    const { unit, thread, flags } = spans.columns;
    const count = units.length;
    const steps: number[] = [];
    const jobs: number[] = [];
    for (let row = 0; row < spans.length; row++) {
      const flag = flags[row] as number;
      if (flag & STEP) steps.push(row);
      else if (flag & JOB) jobs.push(row);
    }
    this.waits = new Stretches(waits, count, waits.columns.unit);
    this.states = new Stretches(states, count, states.columns.unit);
    this.steps = new Stretches(spans, count, unit, steps);
    this.threadSteps = new Stretches(spans, count, thread, steps);
    this.threadJobs = new Stretches(spans, count, thread, jobs);
    for (const one of units) {
      if (one.kind !== 'thread' || one.parent < 0) continue;
      const siblings = this.threads.get(one.parent);
      if (siblings) siblings.push(one.id);
      else this.threads.set(one.parent, [one.id]);
    }
  }

  /** The last thing to end: the process that ended last. */
  end(): Place | undefined {
    let last: Place | undefined;
    for (const unit of this.tables.units) {
      if (unit.kind !== 'process' || Number.isNaN(unit.start)) continue;
      const time = this.endOf(unit.id);
      if (!last || time > last.time) last = { unit: unit.id, time };
    }
    return last ?? this.lastThread();
  }

  /** When the program began. */
  begin(): number {
    return this.tables.units.find(({ kind }) => kind === 'process')?.start || 0;
  }

  /** One step back; undefined at the beginning. */
  step(place: Place): Place | undefined {
    const unit = this.tables.units[place.unit];
    if (!unit) return undefined;
    if (unit.kind === 'process' || unit.kind === 'interpreter') return this.intoHome(place);
    if (unit.kind === 'job') return unit.parent >= 0 ? { unit: unit.parent, time: place.time } : this.toStarter(place);
    const end = this.endOf(unit.id);
    if (place.time > end) {
      this.writer.add(unit.id, end, place.time, 'unrecorded');
      return { unit: unit.id, time: end };
    }
    const begin = Number.isNaN(unit.start) ? unit.created : unit.start;
    if (!(place.time > begin)) return this.toStarter(place);
    if (unit.kind === 'thread') {
      const step = this.threadSteps.covering(unit.id, place.time);
      const task = step < 0 ? -1 : (this.tables.spans.columns.unit[step] as number);
      if (task >= 0 && task !== unit.id) return { unit: task, time: place.time };
    }
    const wait = this.waits.covering(unit.id, place.time);
    return wait >= 0 ? this.throughWait(place, wait) : this.throughActivity(place, begin);
  }

  /** A process's end is its last thread's; before its first one it was being started. */
  private intoHome({ unit, time }: Place): Place | undefined {
    const own = (this.threads.get(unit) ?? []).filter((id) => (this.tables.units[id]?.start ?? NaN) < time);
    // What ended by itself; of daemons nobody knows more than that the process ended.
    const isSound = (id: number): boolean => !['unknown', 'killed'].includes(this.tables.units[id]?.state ?? '');
    const sound = own.filter(isSound);
    const last = latest(sound.length > 0 ? sound : own, (id) => Math.min(time, this.endOf(id)));
    if (last === undefined) {
      const home = this.tables.units[unit];
      const begin = Math.min(time, home?.start || home?.created || 0);
      this.writer.add(unit, begin, time, 'unrecorded');
      return this.toStarter({ unit, time: begin });
    }
    const end = Math.min(time, this.endOf(last));
    this.writer.add(unit, end, time, 'unrecorded');
    return { unit: last, time: end };
  }

  private throughWait({ unit, time }: Place, row: number): Place {
    const { columns } = this.tables.waits;
    const start = columns.start[row] as number;
    const object = columns.object[row] as number;
    const ender = (columns.wokenBy[row] as number) - 1;
    const told = columns.wokenAt[row] as number;
    const at = Number.isNaN(told) ? Math.min(time, columns.end[row] as number) : told;
    // Ended before it began, it held nothing up; with `at` after `time` it was not ended yet.
    const isEnded = ender >= 0 && ender !== unit && at > start && at <= time;
    const job = isEnded ? undefined : this.jobOf(unit, row);
    const [next, moment] = isEnded ? [ender, at] : job && job.time <= time ? [job.unit, job.time] : [-1, 0];
    if (next < 0) {
      this.writer.add(unit, start, time, 'waiting', row + 1, object);
      return { unit, time: start };
    }
    this.writer.add(unit, moment, time, 'woken', row + 1, object);
    this.writer.goOver(object, start);
    return { unit: next, time: moment };
  }

  /** Who handed in the job that ended an idle worker's wait. */
  private jobOf(thread: number, wait: number): Place | undefined {
    const { columns } = this.tables.waits;
    const family = OPERATION_FAMILIES[columns.operation[wait] as number];
    if (family !== 'idle' && family !== 'queue') return undefined;
    const span = this.threadJobs.firstAfter(thread, (columns.end[wait] as number) - SLACK_NS);
    const job = span < 0 ? undefined : this.tables.units[this.tables.spans.columns.unit[span] as number];
    if (!job || job.startedBy < 0) return undefined;
    const isAwaited = job.created > (columns.start[wait] as number) && job.created <= (columns.end[wait] as number);
    return isAwaited ? { unit: job.startedBy, time: job.created } : undefined;
  }

  /** Back to where the unit last waited, was resumed or began. */
  private throughActivity({ unit, time }: Place, begin: number): Place {
    const isTask = this.tables.units[unit]?.kind === 'task';
    const waited = this.endOfLast(this.waits, this.tables.waits, unit, time);
    if (!isTask) {
      const stepped = this.endOfLast(this.threadSteps, this.tables.spans, unit, time);
      const from = Math.max(begin, waited, stepped);
      this.addStates(unit, unit, from, time);
      return { unit, time: from };
    }
    const step = this.steps.covering(unit, time);
    if (step < 0) {
      const from = Math.max(begin, waited, this.endOfLast(this.steps, this.tables.spans, unit, time));
      this.writer.add(unit, from, time, 'waiting');
      return { unit, time: from };
    }
    const { start, thread } = this.tables.spans.columns;
    const from = Math.max(start[step] as number, waited);
    this.addStates(unit, thread[step] as number, from, time);
    return { unit, time: from };
  }

  /** When the last stretch before `time` ended, or -Infinity. */
  private endOfLast(
    stretches: Stretches,
    table: { columns: { end: Float64Array } },
    unit: number,
    time: number,
  ): number {
    const row = stretches.lastBefore(unit, time);
    const end = row < 0 ? Number.NEGATIVE_INFINITY : (table.columns.end[row] as number);
    return end < time ? end : Number.NEGATIVE_INFINITY;
  }

  /** How the thread stood, told of the unit that it ran. */
  private addStates(unit: number, thread: number, from: number, to: number): void {
    const { start, end, state } = this.tables.states.columns;
    let at = to;
    while (at > from) {
      const row = this.states.lastBefore(thread, at);
      const known = row < 0 ? Number.NEGATIVE_INFINITY : (end[row] as number);
      if (known < at) {
        const until = Math.max(from, known);
        this.writer.add(unit, until, at, 'unrecorded');
        at = until;
        continue;
      }
      const until = Math.max(from, start[row] as number);
      this.writer.add(unit, until, at, THREAD_STATES[state[row] as number] ?? 'unrecorded');
      at = until;
    }
  }

  /** To the one who started it, or its process; undefined for the program itself. */
  private toStarter({ unit, time }: Place): Place | undefined {
    const { units } = this.tables;
    let at = unit;
    for (let depth = 0; at >= 0 && depth < MOST_AT_ONCE; depth++) {
      const one = units[at];
      if (!one) return undefined;
      if (one.startedBy >= 0 && one.startedBy !== unit) {
        const moment = Math.min(time, one.created || one.start || time);
        this.writer.add(unit, moment, time, 'starting');
        return { unit: one.startedBy, time: moment };
      }
      // Who made a task or job is not known; that its thread ran it is.
      if ((one.kind === 'task' || one.kind === 'job') && one.parent >= 0) return { unit: one.parent, time };
      at = one.parent;
    }
    return undefined;
  }

  private endOf(id: number): number {
    const end = this.tables.units[id]?.end ?? Number.NaN;
    return Number.isNaN(end) ? this.tables.now : end;
  }

  private lastThread(): Place | undefined {
    const threads = this.tables.units.filter(({ kind, start }) => kind === 'thread' && !Number.isNaN(start));
    const last = latest(
      threads.map(({ id }) => id),
      (id) => this.endOf(id),
    );
    return last === undefined ? undefined : { unit: last, time: this.endOf(last) };
  }
}

/** The first of those with the latest time. */
function latest(ids: readonly number[], timeOf: (id: number) => number): number | undefined {
  let last: number | undefined;
  for (const id of ids) if (last === undefined || timeOf(id) > timeOf(last)) last = id;
  return last;
}
