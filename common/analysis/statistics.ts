/**
 * What a stretch of a run was made of: how threads stood, how many ran at once, what was waited for, and how long calls
 * took.
 *
 * Totals are of what lies in the range. Counts and durations are of whole calls, waits and stretches that touch it: a
 * call that the range cuts in two still took as long as it took. What goes on when it is looked at counts up to now, and
 * is not among the durations.
 */
import type { OpenSpan, OpenState, OpenWait } from '../trace';
import type { Distribution } from './distribution';
import { type FunctionStatistics, functionStatistics } from './statisticsFunctions';
import { type Concurrency, concurrency, type Standing, standing } from './statisticsStates';
import { type UnitStatistics, unitStatistics } from './statisticsUnits';
import { type WaitStatistics, waitStatistics } from './statisticsWaits';
import { inSteps } from './steps';
import type { RunTables } from './tables';
import { within } from './timing';

/** Nanoseconds since the origin. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface StatisticsTables extends RunTables {
  readonly openSpans: readonly OpenSpan[];
  readonly openWaits: readonly OpenWait[];
  readonly openStates: readonly OpenState[];
}

/** What all rows of a table of statistics have. */
export interface Timing {
  /** Those that touch the range, with those that go on. */
  count: number;
  /** Of `count`, those whose end is not known yet or was never recorded. */
  unfinished: number;
  /** Nanoseconds in the range. */
  total: number;
  /** Of the whole ones that are over. */
  readonly durations: Distribution;
  /** Row of the longest of these in its table, -1 when none is over. */
  longest: number;
}

export interface Statistics {
  readonly range: Range;
  readonly standing: Standing;
  readonly concurrency: Concurrency;
  /** Nanoseconds that the program's threads were on cores, with threads that the trace does not know. */
  readonly onCores: number;
  /** Each list has the one with the largest total first. */
  readonly functions: readonly FunctionStatistics[];
  readonly units: readonly UnitStatistics[];
  readonly waits: readonly WaitStatistics[];
}

/** Made in steps, so that who asks can do other things in between; each step tells the share that is done, 0 to 1. */
export function* statistics(tables: StatisticsTables, range: Range): Generator<number, Statistics> {
  const { spans, waits, states, coreSpans } = tables;
  const all = Math.max(1, spans.length * 2 + waits.length + states.length * 2 + coreSpans.length);
  let done = 0;
  function* part<Result>(rows: number, work: Generator<number, Result>): Generator<number, Result> {
    for (;;) {
      const { done: isOver, value } = work.next();
      if (isOver) {
        done += rows;
        return value;
      }
      yield (done + value) / all;
    }
  }
  const functions = yield* part(spans.length, functionStatistics(tables, range));
  const units = yield* part(spans.length, unitStatistics(tables, range));
  return {
    range,
    functions,
    units,
    waits: yield* part(waits.length, waitStatistics(tables, range)),
    standing: yield* part(states.length, standing(tables, range)),
    concurrency: yield* part(states.length, concurrency(tables, range)),
    onCores: yield* part(coreSpans.length, onCores(tables, range)),
  };
}

function* onCores({ coreSpans }: StatisticsTables, range: Range): Generator<number, number> {
  const { start, end } = coreSpans.columns;
  let nanos = 0;
  yield* inSteps(coreSpans.length, (first, last) => {
    for (let row = first; row < last; row++) nanos += within(range, start[row] as number, end[row] as number);
  });
  return nanos;
}
