/** How long units ran at a time: threads on a core, tasks from one suspension to the next, jobs as a whole. */
import type { Range, StatisticsTables, Timing } from './statistics';
import { inSteps } from './steps';
import { addUnfinished, addWhole, byTotal, newTiming, touches, within } from './timing';

export interface UnitStatistics extends Timing {
  readonly unit: number;
  /** Nanoseconds in the range in recorded waits that do not lie in one another. */
  waited: number;
  /** What `longest` is a row of. */
  readonly rowsOf: 'states' | 'spans';
  /** Some of it is concluded, not recorded. */
  isDerived: boolean;
}

const RUNNING = 0;
const WAITING = 4;
const STEP_OR_JOB = 24;
const CUT_OFF = 32;
const DERIVED = 1;

export function* unitStatistics(tables: StatisticsTables, range: Range): Generator<number, readonly UnitStatistics[]> {
  const { units, states, spans, waits, now } = tables;
  const byUnit: UnitStatistics[] = [];
  const of = (unit: number): UnitStatistics => {
    const rowsOf = units[unit]?.kind === 'thread' ? 'states' : 'spans';
    byUnit[unit] ??= { ...newTiming(), unit, waited: 0, rowsOf, isDerived: false };
    return byUnit[unit] as UnitStatistics;
  };

  // 1. Threads: how they stood.
  const state = states.columns;
  yield* inSteps(states.length, (first, last) => {
    for (let row = first; row < last; row++) {
      const from = state.start[row] as number;
      const to = state.end[row] as number;
      const stood = state.state[row] as number;
      if ((stood !== RUNNING && stood !== WAITING) || !touches(range, from, to)) continue;
      const unit = of(state.unit[row] as number);
      if (stood === WAITING) {
        unit.waited += within(range, from, to);
        continue;
      }
      unit.total += within(range, from, to);
      if ((state.flags[row] as number) & DERIVED) unit.isDerived = true;
      addWhole(unit, to - from, row);
    }
  });
  for (const open of tables.openStates) {
    if (open.start >= range.to || now <= range.from) continue;
    const nanos = within(range, open.start, Math.max(now, open.start));
    if (open.state === WAITING) of(open.unit).waited += nanos;
    if (open.state !== RUNNING) continue;
    of(open.unit).total += nanos;
    addUnfinished(of(open.unit));
  }

  // 2. Tasks and jobs: their steps and runs.
  const span = spans.columns;
  yield* inSteps(spans.length, (first, last) => {
    for (let row = first; row < last; row++) {
      const flags = span.flags[row] as number;
      if (!(flags & STEP_OR_JOB)) continue;
      const from = span.start[row] as number;
      const to = span.end[row] as number;
      if (!touches(range, from, to)) continue;
      const unit = of(span.unit[row] as number);
      unit.total += within(range, from, to);
      if (flags & CUT_OFF) addUnfinished(unit);
      else addWhole(unit, to - from, row);
    }
  });
  for (const open of tables.openSpans) {
    if (!(open.flags & STEP_OR_JOB) || open.start >= range.to || now <= range.from) continue;
    of(open.unit).total += within(range, open.start, Math.max(now, open.start));
    addUnfinished(of(open.unit));
  }

  // 3. What tasks wait for; waits of a unit are in the order of their ends, one that lies in another before it.
  const wait = waits.columns;
  const until: number[] = [];
  const { length } = waits;
  yield* inSteps(length, (first, last) => {
    for (let row = length - 1 - first; row >= length - last; row--) {
      const id = wait.unit[row] as number;
      const from = wait.start[row] as number;
      const to = wait.end[row] as number;
      if (units[id]?.kind === 'thread' || !touches(range, from, to)) continue;
      of(id).waited += within(range, from, Math.min(to, until[id] ?? Number.POSITIVE_INFINITY));
      until[id] = Math.min(from, until[id] ?? Number.POSITIVE_INFINITY);
    }
  });
  return byUnit.filter(Boolean).sort(byTotal);
}
