/** How all threads stood in a range, and how many ran at once. */
import { THREAD_STATES } from '../trace';
import type { Range, StatisticsTables } from './statistics';
import { inSteps } from './steps';
import { within } from './timing';

export interface Standing {
  /** Nanoseconds of all threads together, by place in THREAD_STATES. */
  readonly nanos: Float64Array;
  /** The part of it that is concluded, not recorded. */
  readonly derived: Float64Array;
}

export interface Concurrency {
  /** Nanoseconds of the range in which exactly so many threads ran. */
  readonly nanos: readonly number[];
  readonly mean: number;
}

const RUNNING = 0;
/** Edges that are met between two chances to do something else. */
const EDGES_A_STEP = 2048;
const DERIVED = 1;

export function* standing(tables: StatisticsTables, range: Range): Generator<number, Standing> {
  const nanos = new Float64Array(THREAD_STATES.length);
  const derived = new Float64Array(THREAD_STATES.length);
  const add = (state: number, flags: number, time: number): void => {
    nanos[state] = (nanos[state] as number) + time;
    if (flags & DERIVED) derived[state] = (derived[state] as number) + time;
  };
  const { start, end, state, flags } = tables.states.columns;
  yield* inSteps(tables.states.length, (first, last) => {
    for (let row = first; row < last; row++)
      add(state[row] as number, flags[row] as number, within(range, start[row] as number, end[row] as number));
  });
  for (const open of tables.openStates) add(open.state, open.flags, within(range, open.start, tables.now));
  return { nanos, derived };
}

/** Stretches of a thread in which it ran, in the order of time; `next` is the first edge that was not met yet. */
interface Runner {
  readonly edges: number[];
  next: number;
}

export function* concurrency(tables: StatisticsTables, range: Range): Generator<number, Concurrency> {
  const runners: Runner[] = [];
  const add = (unit: number, from: number, to: number): void => {
    const [left, right] = [Math.max(from, range.from), Math.min(to, range.to)];
    if (right <= left) return;
    runners[unit] ??= { edges: [], next: 0 };
    const { edges } = runners[unit] as Runner;
    // Stretches that touch are one.
    if (edges.at(-1) === left) edges[edges.length - 1] = right;
    else edges.push(left, right);
  };
  const { unit, start, end, state } = tables.states.columns;
  yield* inSteps(tables.states.length, (first, last) => {
    for (let row = first; row < last; row++)
      if (state[row] === RUNNING) add(unit[row] as number, start[row] as number, end[row] as number);
  });
  for (const open of tables.openStates) if (open.state === RUNNING) add(open.unit, open.start, tables.now);

  // The threads' edges in the order of time: the one with the earliest is on top of a heap.
  const heap = new EdgeHeap(runners.filter(Boolean));
  const nanos: number[] = [];
  let time = range.from;
  let running = 0;
  let steps = 0;
  const goTo = (until: number): void => {
    // Of edges at one moment only what stands after the last of them lasted.
    if (until > time) nanos[running] = (nanos[running] ?? 0) + until - time;
    time = until;
  };
  for (let top = heap.top; top; top = heap.top) {
    if (steps++ % EDGES_A_STEP === 0) yield tables.states.length;
    goTo(top.edges[top.next] as number);
    running += top.next % 2 === 0 ? 1 : -1;
    top.next++;
    heap.settleTop();
  }
  goTo(Math.max(time, Math.min(range.to, Math.max(tables.now, range.from))));
  const whole = time - range.from;
  const all = Array.from(nanos, (value) => value ?? 0);
  return { nanos: all, mean: whole > 0 ? all.reduce((sum, value, count) => sum + value * count, 0) / whole : 0 };
}

class EdgeHeap {
  constructor(private readonly runners: Runner[]) {
    for (let at = (runners.length >> 1) - 1; at >= 0; at--) this.sink(at);
  }

  get top(): Runner | undefined {
    return this.runners[0];
  }

  /** The top's next edge is a later one, or it has none. */
  settleTop(): void {
    const { runners } = this;
    const top = runners[0] as Runner;
    if (top.next >= top.edges.length) {
      const last = runners.pop() as Runner;
      if (last === top) return;
      runners[0] = last;
    }
    this.sink(0);
  }

  private sink(from: number): void {
    const { runners } = this;
    for (let at = from; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < runners.length && edgeOf(runners[child] as Runner) < edgeOf(runners[least] as Runner))
          least = child;
      }
      if (least === at) return;
      [runners[at], runners[least]] = [runners[least] as Runner, runners[at] as Runner];
      at = least;
    }
  }
}

function edgeOf({ edges, next }: Runner): number {
  return edges[next] as number;
}
