/**
 * What happened before what, by what threads tell each other: starts and joins, locks, queues, events, futures, jobs.
 *
 * Each thing that threads meet at keeps the vector of all that was done before somebody gave something to it (released, put,
 * set, ended); who gets something from it (acquired, got, began) has seen all that. Tasks of one event loop share the clock of
 * its thread. An edge too many hides a race, an edge too few invents one: so what is put into a queue comes before every later
 * get, not only before its own.
 */
import { KIND, OPERATION, OPERATION_NAMES, OUTCOME } from '../../../common/events';
import { familyOf } from '../model';
import { joined, ThreadClock, type Vector } from './clocks';
import type { Fact } from './fact';

export const HAPPENS_BEFORE_KINDS: readonly number[] = [
  KIND.process_begin,
  KIND.process_end,
  KIND.process_create,
  KIND.thread_create,
  KIND.thread_begin,
  KIND.thread_end,
  KIND.task_create,
  KIND.step_begin,
  KIND.step_end,
  KIND.job_submit,
  KIND.job_begin,
  KIND.job_end,
  KIND.wait,
  KIND.got,
  KIND.acquire,
  KIND.release,
  KIND.signal,
];

/** What a unit gives to nobody by doing it. */
const SILENT: ReadonlySet<number> = new Set([OPERATION['threading.Event.clear'], OPERATION['asyncio.Event.clear']]);
const THREADSAFE = OPERATION['asyncio.call_soon_threadsafe'];
const SELECT = OPERATION['asyncio.select'];

/**
 * What can be met at one thing: what it gives in general; the room in a queue, made by those who get; the work on its items
 * that is done. Those who get do not meet each other.
 */
const GIVEN = 0;
const ROOM = 1;
const DONE = 2;
const CHANNELS = 3;

export class HappensBefore {
  private readonly clocks: (ThreadClock | undefined)[] = [];
  /** By `keyOf` a thing, plus the channel. */
  private readonly given = new Map<number, Vector>();
  /** Barriers: what those did before who have arrived since it last opened. */
  private readonly arrived = new Map<number, Vector>();
  /** Job -> its pool's object row: who waits for the pool to shut down waits for its jobs. */
  private readonly pools = new Map<number, number>();
  /** Process -> what was done before somebody last called into one of its event loops. */
  private readonly calledIn = new Map<number, Vector>();
  private threads = 0;

  /** Number of threads that have a clock. */
  get size(): number {
    return this.threads;
  }

  clockOf(thread: number): ThreadClock {
    const known = this.clocks[thread];
    if (known) return known;
    const made = new ThreadClock(this.threads++);
    this.clocks[thread] = made;
    return made;
  }

  note(fact: Fact): void {
    // With its end a thread is no longer the one that its stream tells of.
    const thread = fact.kind === KIND.thread_end ? fact.target : fact.thread;
    if (thread === -1) return;
    const clock = this.clockOf(thread);
    switch (fact.kind) {
      case KIND.job_submit:
        if (fact.otherObject !== -1) this.pools.set(fact.target, fact.otherObject);
        this.give(clock, keyOf(fact));
        return;
      case KIND.job_end:
        this.give(clock, keyOf(fact));
        this.give(clock, keyOfObject(this.pools.get(fact.target) ?? -1));
        return;
      case KIND.thread_create:
      case KIND.task_create:
      case KIND.process_create:
      case KIND.thread_end:
      case KIND.process_end:
      case KIND.step_end:
      case KIND.release:
        this.give(clock, keyOf(fact));
        return;
      case KIND.thread_begin:
      case KIND.process_begin:
      case KIND.job_begin:
        this.take(clock, keyOf(fact));
        return;
      case KIND.step_begin:
        this.take(clock, keyOf(fact));
        this.take(clock, fact.other !== -1 ? keyOfUnit(fact.other) : keyOfObject(fact.otherObject));
        this.takeCalls(clock, fact.process);
        return;
      case KIND.signal:
        this.signal(clock, fact);
        return;
      case KIND.wait:
        if (familyOf(fact.operation) === 'barrier') this.arrive(clock, keyOf(fact));
        return;
      default:
        if (fact.outcome === OUTCOME.ok || fact.outcome === OUTCOME.failed) this.obtain(clock, fact);
    }
  }

  private signal(clock: ThreadClock, fact: Fact): void {
    if (SILENT.has(fact.operation)) return;
    const key = keyOf(fact);
    if (familyOf(fact.operation) === 'barrier') this.open(clock, key);
    else if (fact.operation === THREADSAFE) {
      this.calledIn.set(fact.process, joined(this.calledIn.get(fact.process), clock.snapshot()));
      this.give(clock, keyOfUnit(fact.thread));
    } else this.give(clock, key === -1 ? -1 : key + (nameOf(fact).endsWith('.task_done') ? DONE : GIVEN));
  }

  /** The last one to arrive opens the barrier: it has seen what all did before, and so have all who leave it now. */
  private open(clock: ThreadClock, key: number): void {
    const arrived = this.arrived.get(key);
    if (arrived) clock.join(arrived);
    this.arrived.delete(key);
    this.given.set(key, clock.snapshot());
    clock.epoch++;
  }

  private arrive(clock: ThreadClock, key: number): void {
    this.arrived.set(key, joined(this.arrived.get(key), clock.snapshot()));
    clock.epoch++;
  }

  private obtain(clock: ThreadClock, fact: Fact): void {
    const key = keyOf(fact);
    if (fact.operation === SELECT) this.takeCalls(clock, fact.process);
    // Who ended a wait for several things at once is all that is told of it.
    if (fact.kind === KIND.got && fact.other !== -1) this.take(clock, keyOfUnit(fact.other));
    if (key === -1) return;
    const family = familyOf(fact.operation);
    if (family !== 'queue' && family !== 'pipe') {
      this.take(clock, key);
      return;
    }
    const name = nameOf(fact);
    if (/\.(put|send)$/.test(name)) this.take(clock, key + ROOM);
    else if (name.endsWith('.join')) this.take(clock, key + DONE);
    else {
      this.take(clock, key);
      this.give(clock, key + ROOM);
    }
  }

  private give(clock: ThreadClock, key: number): void {
    if (key === -1) return;
    this.given.set(key, joined(this.given.get(key), clock.snapshot()));
    clock.epoch++;
  }

  private take(clock: ThreadClock, key: number): void {
    const vector = key === -1 ? undefined : this.given.get(key);
    if (vector) clock.join(vector);
  }

  private takeCalls(clock: ThreadClock, process: number): void {
    const vector = this.calledIn.get(process);
    if (vector) clock.join(vector);
  }
}

function nameOf({ operation }: Fact): string {
  return OPERATION_NAMES[operation] ?? '';
}

function keyOf({ object, target }: Fact): number {
  return object !== -1 ? keyOfObject(object) : keyOfUnit(target);
}

function keyOfObject(row: number): number {
  return row === -1 ? -1 : row * 2 * CHANNELS;
}

function keyOfUnit(row: number): number {
  return row === -1 ? -1 : (row * 2 + 1) * CHANNELS;
}
