/** Which locks each unit held, now and at any time before. */

import { KIND } from '../../../common/events';
import { familyOf } from '../model';
import type { Fact } from './fact';
import type { Held } from './held';

/** Objects of locks, ascending. */
export type Lockset = readonly number[];

/** What was held at a moment: which locks, and in which critical section of the outermost of them (0 none). */
export interface Holding {
  readonly locks: Lockset;
  readonly section: number;
}

const NOTHING: Lockset = [];
const NOTHING_HELD: Holding = { locks: NOTHING, section: 0 };

/** Of each thread; before the oldest one that is kept nothing is known. */
const MOST_MOMENTS = 4096;

interface History {
  readonly times: number[];
  readonly holdings: Holding[];
}

export class Locksets {
  private readonly histories = new Map<number, History>();

  of(unit: number): Lockset {
    const history = this.histories.get(unit);
    return history?.holdings[history.holdings.length - 1]?.locks ?? NOTHING;
  }

  at(unit: number, time: number): Holding {
    const history = this.histories.get(unit);
    if (!history) return NOTHING_HELD;
    let low = 0;
    let high = history.times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((history.times[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return history.holdings[low - 1] ?? NOTHING_HELD;
  }

  /** `held` is as it stands after a fact by which something was taken, and before a release. */
  note(fact: Fact, held: Held): void {
    if (fact.object === -1 || familyOf(fact.operation) !== 'lock') return;
    let things = held.of(fact.unit).filter(({ operation }) => familyOf(operation) === 'lock');
    if (fact.kind === KIND.release) {
      const thing = things.find(({ object }) => object === fact.object);
      if (thing && thing.count > 1) return;
      things = things.filter(({ object }) => object !== fact.object);
    }
    const locks = things.map(({ object }) => object).sort((a, b) => a - b);
    this.add(fact.unit, fact.time, things[0] ? { locks, section: things[0].section } : NOTHING_HELD);
  }

  private add(unit: number, time: number, holding: Holding): void {
    const history = this.histories.get(unit) ?? { times: [], holdings: [] };
    this.histories.set(unit, history);
    if (history.times.length >= MOST_MOMENTS) {
      history.times.splice(0, MOST_MOMENTS / 2);
      history.holdings.splice(0, MOST_MOMENTS / 2);
    }
    history.times.push(time);
    history.holdings.push(holding);
  }
}
