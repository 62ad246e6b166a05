/** How a lock was waited for and held, for the patterns about locks. */
import { type Interval, lengthOf, union } from './intervals';
import type { Look } from './look';
import { CONVOY, SERIALISED, SHORTEST_COST } from './thresholds';

export interface LockWait {
  readonly unit: number;
  readonly at: Interval;
}

export interface LockUse {
  readonly object: number;
  readonly waits: readonly LockWait[];
  readonly holds: Uint32Array;
  /** When somebody waits for it. */
  readonly contended: readonly Interval[];
  /** Nanoseconds of that. */
  readonly cost: number;
  /** Nanoseconds for which it was held, by site row + 1 of where it was taken. */
  readonly heldAt: ReadonlyMap<number, number>;
  /** Nanoseconds of a hold in the mean. */
  readonly meanHold: number;
  /** Many short holds, rather than few long ones. */
  readonly isConvoy: boolean;
}

/** Of all locks that are waited for so long that it counts, by several. */
export function contendedLocks(look: Look): LockUse[] {
  return look.once('locks', () =>
    look.tables.objects.flatMap(({ id }) => (look.familyOfObject(id) === 'lock' ? lockUse(look, id) : [])),
  );
}

function lockUse(look: Look, object: number): LockUse[] {
  const rows = look.waitsForObject(object);
  const holds = look.holdsOf(object);
  if (rows.length < SERIALISED.waiters || holds.length < SERIALISED.holds) return [];
  const { unit } = look.tables.waits.columns;
  const waits = Array.from(rows, (row) => ({ unit: unit[row] as number, at: look.wait(row) }));
  const contended = union(waits.map((wait) => wait.at));
  const cost = lengthOf(contended);
  const waiters = new Set(waits.map((wait) => wait.unit)).size;
  if (waiters < SERIALISED.waiters || cost < SHORTEST_COST || cost < SERIALISED.share * look.wall) return [];
  const heldAt = new Map<number, number>();
  let held = 0;
  for (const row of holds) {
    const [from, to] = look.hold(row);
    held += to - from;
    const site = look.tables.holds.columns.site[row] as number;
    heldAt.set(site, (heldAt.get(site) ?? 0) + to - from);
  }
  const meanHold = held / holds.length;
  const isConvoy = rows.length >= CONVOY.waits && meanHold <= CONVOY.meanHold;
  return [{ object, waits, holds, contended, cost, heldAt, meanHold, isConvoy }];
}
