/** Which locks each unit held, now and at any time before. */

import { KIND } from '../../../common/events';
import { familyOf } from '../model';
import type { Fact } from './fact';
import type { Held } from './held';

/** Objects of locks, ascending. */
export type Lockset = readonly number[];

const NOTHING: Lockset = [];

/** Of each thread; before the oldest one that is kept nothing is known. */
const MOST_MOMENTS = 4096;

interface History {
  readonly times: number[];
  readonly sets: Lockset[];
}

export class Locksets {
  private readonly histories = new Map<number, History>();

  of(unit: number): Lockset {
    const history = this.histories.get(unit);
    return history?.sets[history.sets.length - 1] ?? NOTHING;
  }

  at(unit: number, time: number): Lockset {
    const history = this.histories.get(unit);
    if (!history) return NOTHING;
    let low = 0;
    let high = history.times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((history.times[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return history.sets[low - 1] ?? NOTHING;
  }

  /** `held` is as it stands after a fact by which something was taken, and before a release. */
  note(fact: Fact, held: Held): void {
    if (fact.object === -1 || familyOf(fact.operation) !== 'lock') return;
    const things = held.of(fact.unit).filter(({ operation }) => familyOf(operation) === 'lock');
    let objects = things.map(({ object }) => object);
    if (fact.kind === KIND.release) {
      const thing = things.find(({ object }) => object === fact.object);
      if (thing && thing.count > 1) return;
      objects = objects.filter((object) => object !== fact.object);
    }
    this.add(fact.unit, fact.time, objects.length === 0 ? NOTHING : objects.sort((a, b) => a - b));
  }

  private add(unit: number, time: number, set: Lockset): void {
    const history = this.histories.get(unit) ?? { times: [], sets: [] };
    this.histories.set(unit, history);
    const last = history.sets[history.sets.length - 1] ?? NOTHING;
    if (last.length === set.length && last.every((object, i) => object === set[i])) return;
    if (history.times.length >= MOST_MOMENTS) {
      history.times.splice(0, MOST_MOMENTS / 2);
      history.sets.splice(0, MOST_MOMENTS / 2);
    }
    history.times.push(time);
    history.sets.push(set);
  }
}
