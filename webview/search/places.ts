/**
 * Where the matches of a search are, in the order of time. A place is found by looking through the tables once when it
 * is asked for, so that no list of ten million places has to be sorted and kept.
 */
import { momentsOf } from '../findings';
import { RESUMED } from '../markedRows';
import { type Selection, selectionAt, selectionOf } from '../selection';
import { JOB, type Store } from '../store';
import type { Found } from './found';

/** Infinite is the time of what has none, which comes last; the rest tells which of those at the same time comes first. */
export interface MatchPlace extends Key {
  readonly selection: Selection;
}

export interface Step {
  readonly place: MatchPlace;
  /** From 1, in the order of time. */
  readonly number: number;
  readonly all: number;
  /** It goes on from the other end. */
  readonly wrapped: boolean;
}

/** Ranks of places at the same time. */
const [UNIT, CALL, WAIT, HOLD, FINDING] = [0, 1, 2, 3, 4];

/**
 * The place after or before one, or after or before a time. `laneOf` gives the order of those without a time. Undefined
 * when nothing was found.
 */
export function stepTo(
  store: Store,
  found: Found,
  from: MatchPlace | number,
  direction: 1 | -1,
  laneOf: (unit: number) => number,
): Step | undefined {
  const isTime = typeof from === 'number';
  const start: Key = isTime ? { time: from, rank: -1, unit: 0, depth: 0 } : from;
  const best = new Extreme(direction);
  const other = new Extreme(direction);
  let all = 0;
  let before = 0;
  const look = (time: number, rank: number, unit: number, depth: number, index: number): void => {
    all++;
    const position = compare(time, rank, unit, depth, start);
    if (position < 0) before++;
    if (position * direction > 0) best.look(time, rank, unit, depth, index);
    else if (best.index < 0) other.look(time, rank, unit, depth, index);
  };
  lookAtCalls();
  lookAtWaits();
  lookAtUnits();
  lookAtHolds();
  for (const [index, finding] of found.findings.entries())
    look(momentsOf(finding)[0]?.time ?? Number.POSITIVE_INFINITY, FINDING, finding.id, 0, index);
  const wrapped = best.index < 0;
  const { time, rank, unit, depth, index } = wrapped ? other : best;
  if (index < 0) return undefined;
  const place = { time, rank, unit, depth, selection: selectionOfPlace(store, found, rank, index) };
  return { place, all, wrapped, number: numberOf() };

  /** `before` counts those before the start, which itself is one unless it is a time. */
  function numberOf(): number {
    if (wrapped) return direction > 0 ? 1 : all;
    if (direction < 0) return before;
    return isTime ? before + 1 : before + 2;
  }

  function lookAtCalls(): void {
    const { sites } = found;
    const columns = store.spans.columns;
    for (let row = 0; row < store.spans.length; row++) {
      if (!sites[columns.site[row]] || columns.flags[row] & (JOB | RESUMED)) continue;
      look(columns.start[row], CALL, columns.unit[row], columns.depth[row], row);
    }
    for (const [i, span] of store.openSpans.entries()) {
      if (!sites[span.site] || span.flags & (JOB | RESUMED)) continue;
      look(span.start, CALL, span.unit, span.depth, store.spans.length + i);
    }
  }

  function lookAtWaits(): void {
    const { objects } = found;
    const columns = store.waits.columns;
    for (let row = 0; row < store.waits.length; row++)
      if (objects[columns.object[row]]) look(columns.start[row], WAIT, columns.unit[row], 0, row);
    for (const [i, wait] of store.openWaits.entries())
      if (objects[wait.object]) look(wait.start, WAIT, wait.unit, 0, store.waits.length + i);
  }

  function lookAtUnits(): void {
    for (const id of found.units) {
      const { start: begun, created } = store.units[id];
      const known = Number.isNaN(begun) ? created : begun;
      if (Number.isNaN(known)) look(Number.POSITIVE_INFINITY, UNIT, laneOf(id), id, id);
      else look(known, UNIT, id, 0, id);
    }
  }

  /** An object for which nobody waited is found where it was first held. */
  function lookAtHolds(): void {
    for (let reference = 1; reference < found.objects.length; reference++) {
      if (!found.objects[reference] || store.objectWaited[reference - 1] !== undefined) continue;
      const row = store.objectHolds[reference - 1]?.[0];
      if (row !== undefined) look(store.holds.columns.start[row], HOLD, reference, 0, row);
    }
  }
}

interface Key {
  readonly time: number;
  readonly rank: number;
  readonly unit: number;
  readonly depth: number;
}

/** The first of the keys that it was shown, with direction -1 the last; without an object for each of them. */
class Extreme implements Key {
  time = 0;
  rank = 0;
  unit = 0;
  depth = 0;
  /** -1 while it was shown none. */
  index = -1;

  constructor(private readonly direction: 1 | -1) {}

  look(time: number, rank: number, unit: number, depth: number, index: number): void {
    if (this.index >= 0 && compare(time, rank, unit, depth, this) * this.direction >= 0) return;
    this.time = time;
    this.rank = rank;
    this.unit = unit;
    this.depth = depth;
    this.index = index;
  }
}

function compare(time: number, rank: number, unit: number, depth: number, other: Key): number {
  if (time !== other.time) return time < other.time ? -1 : 1;
  return rank - other.rank || unit - other.unit || depth - other.depth;
}

function selectionOfPlace(store: Store, found: Found, rank: number, index: number): Selection {
  switch (rank) {
    case CALL: {
      if (index < store.spans.length) return selectionOf(store, { kind: 'span', row: index });
      return selectionOf(store, { kind: 'openSpan', span: store.openSpans[index - store.spans.length] });
    }
    case WAIT: {
      if (index < store.waits.length) return selectionOf(store, { kind: 'wait', row: index });
      return selectionOf(store, { kind: 'openWait', wait: store.openWaits[index - store.waits.length] });
    }
    case HOLD:
      return selectionAt(store, store.holds.columns.unit[index], store.holds.columns.start[index]);
    case FINDING:
      return { kind: 'finding', id: found.findings[index].id };
    default:
      return { kind: 'unit', unit: index };
  }
}
