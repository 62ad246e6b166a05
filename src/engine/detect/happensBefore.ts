/**
 * What happened before what, by what threads tell each other: starts and joins, locks, queues, events, futures, jobs.
 *
 * Each thing that threads meet at keeps the vector of all that was done before somebody gave something to it (released, put,
 * set, ended); who gets something from it (acquired, got, began) has seen all that. Tasks of one event loop share the clock of
 * its thread. An edge too many hides a race, an edge too few invents one: so what is put into a queue comes before every later
 * get, not only before its own.
 */
import { KIND, OPERATION, OUTCOME } from '../../../common/events';
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

export class HappensBefore {
  private readonly clocks: (ThreadClock | undefined)[] = [];
  /** By object row * 2, or unit row * 2 + 1. */
  private readonly given = new Map<number, Vector>();
  /** Barriers: what those did before who have arrived since it last opened. */
  private readonly arrived = new Map<number, Vector>();
  /** Job -> its pool's object row: who waits for the pool to shut down waits for its jobs. */
  private readonly pools = new Map<number, number>();
  /** Vector that each process's units may have seen at its begin. */
  private threads = 0;

  clockOf(thread: number): ThreadClock {
    const known = this.clocks[thread];
    if (known) return known;
    const made = new ThreadClock(this.threads++);
    this.clocks[thread] = made;
    return made;
  }

  /** Number of threads that have a clock. */
  get size(): number {
    return this.threads;
  }

  note(fact: Fact): void {
    if (fact.thread === -1) return;
    const clock = this.clockOf(fact.thread);
    switch (fact.kind) {
      case KIND.job_submit:
        this.pools.set(fact.target, fact.otherObject);
        this.give(clock, keyOf(fact));
        return;
      case KIND.job_end:
        this.give(clock, keyOf(fact));
        this.give(clock, this.poolKey(fact.target));
        return;
      case KIND.thread_create:
      case KIND.task_create:
      case KIND.process_create:
      case KIND.thread_end:
      case KIND.process_end:
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
        if (fact.other !== -1) this.take(clock, fact.other * 2 + 1);
        else if (fact.otherObject !== -1) this.take(clock, fact.otherObject * 2);
        return;
      case KIND.step_end:
        this.give(clock, keyOf(fact));
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

  private poolKey(job: number): number {
    const pool = this.pools.get(job) ?? -1;
    return pool === -1 ? -1 : pool * 2;
  }

  private signal(clock: ThreadClock, fact: Fact): void {
    if (SILENT.has(fact.operation)) return;
    const key = keyOf(fact);
    if (familyOf(fact.operation) !== 'barrier') {
      this.give(clock, key);
      return;
    }
    // The last one to arrive opens the barrier: it has seen what all did before, and so have all who leave it now.
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
    this.take(clock, keyOf(fact));
    // Who ended a wait for several things at once is all that is told of it.
    if (fact.kind === KIND.got && fact.other !== -1) this.take(clock, fact.other * 2 + 1);
    // What takes something out of a full queue lets another put something in.
    const family = familyOf(fact.operation);
    if (family === 'queue' || family === 'pipe') this.give(clock, keyOf(fact));
  }

  private give(clock: ThreadClock, key: number): void {
    if (key === -1) return;
    this.given.set(key, joined(this.given.get(key), clock.snapshot()));
    clock.epoch++;
  }

  private take(clock: ThreadClock, key: number): void {
    const vector = this.given.get(key);
    if (vector) clock.join(vector);
  }
}

function keyOf({ object, target }: Fact): number {
  return object !== -1 ? object * 2 : target !== -1 ? target * 2 + 1 : -1;
}
