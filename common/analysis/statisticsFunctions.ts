/**
 * How long each function took. Spans of a thread are in the order of their ends, a call after those that it made; read
 * backwards, each call comes after those in which it lies, so that the stack is known at each row.
 */
import type { Range, StatisticsTables, Timing } from './statistics';
import { inSteps } from './steps';
import { addUnfinished, addWhole, byTotal, newTiming, touches, within } from './timing';

export interface FunctionStatistics extends Timing {
  /** Site row + 1, 0 for steps of tasks without a function. */
  readonly site: number;
  /** Nanoseconds in the range without the calls that were recorded, and without steps of tasks. */
  own: number;
  /** Some were suspended: what counts is each time between two suspensions. */
  isSuspended: boolean;
}

const RESUMED = 2;
const SUSPENDED = 4;
const STEP = 8;
const JOB = 16;
const CUT_OFF = 32;

/** Calls that lie in one another, the innermost last. */
interface Stack {
  readonly starts: number[];
  readonly ends: number[];
  readonly functions: (FunctionStatistics | undefined)[];
}

export function* functionStatistics(
  tables: StatisticsTables,
  range: Range,
): Generator<number, readonly FunctionStatistics[]> {
  const { start, end, site, thread, flags } = tables.spans.columns;
  const bySite: FunctionStatistics[] = [];
  const stacks: Stack[] = [];

  /** Puts a call on the stack of its thread and adds its time to its function's; undefined for a step. */
  const enter = (
    onThread: number,
    from: number,
    to: number,
    of: number,
    flag: number,
  ): FunctionStatistics | undefined => {
    stacks[onThread] ??= { starts: [], ends: [], functions: [] };
    const { starts, ends, functions } = stacks[onThread] as Stack;
    for (let top = starts.length - 1; top >= 0; top--) {
      if ((starts[top] as number) <= from && (ends[top] as number) >= to) break;
      starts.pop();
      ends.pop();
      functions.pop();
    }
    const nanos = within(range, from, to);
    const caller = functions[functions.length - 1];
    if (caller) caller.own -= nanos;
    let called: FunctionStatistics | undefined;
    if (!(flag & STEP)) {
      called = bySite[of] ??= { ...newTiming(), site: of, own: 0, isSuspended: false };
      called.own += nanos;
      // A call of itself lies in a time that is counted already.
      if (!functions.includes(called)) called.total += nanos;
      if (flag & (RESUMED | SUSPENDED)) called.isSuspended = true;
    }
    starts.push(from);
    ends.push(to);
    functions.push(called);
    return called;
  };

  const open = tables.openSpans.filter(({ flags, start }) => !(flags & JOB) && start < range.to);
  for (const span of [...open].sort((a, b) => a.start - b.start || a.depth - b.depth)) {
    const called = enter(span.thread, span.start, Math.max(tables.now, span.start), span.site, span.flags);
    if (called) addUnfinished(called);
  }
  const { length } = tables.spans;
  yield* inSteps(length, (first, last) => {
    for (let row = length - 1 - first; row >= length - last; row--) {
      const flag = flags[row] as number;
      const from = start[row] as number;
      const to = end[row] as number;
      if (flag & JOB || !touches(range, from, to)) continue;
      const called = enter(thread[row] as number, from, to, site[row] as number, flag);
      if (!called) continue;
      if (flag & CUT_OFF) addUnfinished(called);
      else addWhole(called, to - from, row);
    }
  });
  return bySite.filter(Boolean).sort(byTotal);
}
