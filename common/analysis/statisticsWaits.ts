/** What was waited for, by operation and object. */
import { OPERATION_FAMILIES } from '../events';
import type { Range, StatisticsTables, Timing } from './statistics';
import { inSteps } from './steps';
import { addUnfinished, addWhole, byTotal, newTiming, touches, within } from './timing';

export interface WaitStatistics extends Timing {
  /** Operation id. */
  readonly operation: number;
  /** Object row + 1, 0 when it is none's. */
  readonly object: number;
  /** A worker without work, which costs nothing. */
  readonly isIdle: boolean;
}

const CUT_OFF = 2;
/** Objects are fewer than this, so that a number is enough to tell a pair of operation and object. */
const OBJECTS = 2 ** 32;

export function* waitStatistics(tables: StatisticsTables, range: Range): Generator<number, readonly WaitStatistics[]> {
  const { start, end, operation, object, flags } = tables.waits.columns;
  const reasons = new Map<number, WaitStatistics>();
  const of = (how: number, what: number): WaitStatistics => {
    const isIdle = OPERATION_FAMILIES[how] === 'idle';
    // Idle workers are told together: for which queue of the library's they wait says nothing.
    const thing = isIdle ? 0 : what;
    const known = reasons.get(how * OBJECTS + thing);
    if (known) return known;
    const made = { ...newTiming(), operation: how, object: thing, isIdle };
    reasons.set(how * OBJECTS + thing, made);
    return made;
  };
  yield* inSteps(tables.waits.length, (first, last) => {
    for (let row = first; row < last; row++) {
      const from = start[row] as number;
      const to = end[row] as number;
      if (!touches(range, from, to)) continue;
      const reason = of(operation[row] as number, object[row] as number);
      reason.total += within(range, from, to);
      if ((flags[row] as number) & CUT_OFF) addUnfinished(reason);
      else addWhole(reason, to - from, row);
    }
  });
  for (const open of tables.openWaits) {
    const to = Number.isNaN(open.end) ? Math.max(tables.now, open.start) : open.end;
    if (!touches(range, open.start, to)) continue;
    const reason = of(open.operation, open.object);
    reason.total += within(range, open.start, to);
    addUnfinished(reason);
  }
  return [...reasons.values()].sort(byTotal);
}
