/** What each thread and task holds at the point up to which the facts were read. */
import { KIND, OPERATION, OUTCOME } from '../../../common/events';
import { familyOf } from '../model';
import type { Fact } from './fact';

export interface HeldThing {
  /** Object row. */
  readonly object: number;
  readonly operation: number;
  /** Unit that took it. */
  readonly unit: number;
  /** Site row + 1. */
  readonly site: number;
  readonly time: number;
  /** How often a re-entrant lock was taken. */
  count: number;
  /** Counts possessions of the whole run: two sections of the same lock have different numbers. */
  readonly section: number;
}

const REENTRANT: ReadonlySet<number> = new Set([OPERATION['threading.RLock'], OPERATION['multiprocessing.RLock']]);
const NOTHING: readonly HeldThing[] = [];

export class Held {
  private readonly byUnit = new Map<number, HeldThing[]>();
  private readonly byObject = new Map<number, HeldThing[]>();
  private sections = 0;

  /** What a unit holds, oldest first. A task does not hold what its thread took outside of it. */
  of(unit: number): readonly HeldThing[] {
    return this.byUnit.get(unit) ?? NOTHING;
  }

  /** Who holds an object; several for a semaphore. */
  holders(object: number): readonly HeldThing[] {
    return this.byObject.get(object) ?? NOTHING;
  }

  /** Takes note of a fact; before the detectors see a `release`, after they saw anything else. */
  note(fact: Fact): void {
    const { kind, object } = fact;
    if (object === -1) return;
    if (kind === KIND.release) this.release(fact);
    else if ((kind === KIND.acquire || kind === KIND.got) && fact.outcome === OUTCOME.ok) {
      const family = familyOf(fact.operation);
      if (family === 'lock' || family === 'semaphore') this.take(fact);
    }
  }

  private take({ unit, object, operation, site, time }: Fact): void {
    const things = this.byUnit.get(unit) ?? [];
    if (REENTRANT.has(operation)) {
      const known = things.find((thing) => thing.object === object);
      if (known) {
        known.count++;
        return;
      }
    }
    const thing = { object, operation, unit, site, time, count: 1, section: ++this.sections };
    things.push(thing);
    this.byUnit.set(unit, things);
    const holders = this.byObject.get(object);
    if (holders) holders.push(thing);
    else this.byObject.set(object, [thing]);
  }

  /** Anybody may give back a plain lock or a semaphore, so what is not found with `unit` is looked for with all. */
  private release({ unit, object }: Fact): void {
    const holders = this.byObject.get(object);
    if (!holders) return;
    const own = holders.findLastIndex((thing) => thing.unit === unit);
    const index = own === -1 ? 0 : own;
    const thing = holders[index];
    if (!thing || --thing.count > 0) return;
    holders.splice(index, 1);
    if (holders.length === 0) this.byObject.delete(object);
    const things = this.byUnit.get(thing.unit) ?? [];
    things.splice(things.indexOf(thing), 1);
    if (things.length === 0) this.byUnit.delete(thing.unit);
  }
}
