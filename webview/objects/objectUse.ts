/**
 * How locks, queues and the like were used, by object. It is made when somebody asks for it and takes in what came since,
 * so a run whose objects nobody looks at pays nothing.
 */
import { StepCurve } from '../../common/analysis/stepCurve';
import { OPERATION_FAMILIES } from '../../common/events';
import type { Store } from '../store';
import { Track } from '../track';

export interface ObjectCurves {
  /** How many waited for it. */
  readonly waiting: StepCurve;
  /** How many held it. */
  readonly holding: StepCurve;
  /** Items of a queue by its puts and gets, undefined where they are not all recorded. */
  readonly depth: StepCurve | undefined;
}

interface Kept {
  readonly key: string;
  readonly curves: ObjectCurves;
  /** When they may be made anew, milliseconds: making them takes longer the more there is. */
  readonly restsUntil: number;
}

/** Curves that took long to make are made anew after so many times as long. */
const REST_FACTOR = 8;

export const OBJECT_SORTS = ['waiting', 'name', 'first use'] as const;
export type ObjectSort = (typeof OBJECT_SORTS)[number];

export class ObjectUse {
  /** Rows of waits and depths by object; workers that idle do not count as waiting. */
  private readonly waitRows: number[][] = [];
  private readonly depthRows: number[][] = [];
  private readonly firstUses: number[] = [];
  private readonly holdTracks: (Track | undefined)[] = [];
  private readonly heldRows: number[] = [];
  private readonly curves = new Map<number, Kept>();
  private seen = { waits: 0, holds: 0, depths: 0 };

  /** Takes in what came since the last time. */
  update(store: Store): this {
    const { waits, holds, depths } = store;
    for (let row = this.seen.waits; row < waits.length; row++) {
      const { object, operation, start } = waits.columns;
      if (object[row] === 0 || OPERATION_FAMILIES[operation[row]] === 'idle') continue;
      listAt(this.waitRows, object[row] - 1).push(row);
      this.use(object[row] - 1, start[row]);
    }
    for (let row = this.seen.holds; row < holds.length; row++)
      this.use(holds.columns.object[row], holds.columns.start[row]);
    for (let row = this.seen.depths; row < depths.length; row++) {
      listAt(this.depthRows, depths.columns.object[row]).push(row);
      this.use(depths.columns.object[row], depths.columns.time[row]);
    }
    this.seen = { waits: waits.length, holds: holds.length, depths: depths.length };
    return this;
  }

  /** Objects that somebody waited for, held, put into or took from. */
  used(store: Store, sort: ObjectSort, nameOf: (object: number) => string): readonly number[] {
    const ids = Object.keys(this.firstUses).map(Number);
    const waited = (id: number): number => store.objectWaited[id] ?? 0;
    const byUse = (a: number, b: number): number => this.firstUses[a] - this.firstUses[b] || a - b;
    if (sort === 'first use') return ids.sort(byUse);
    if (sort === 'waiting') return ids.sort((a, b) => waited(b) - waited(a) || byUse(a, b));
    const names = new Map(ids.map((id) => [id, nameOf(id)]));
    return ids.sort((a, b) => NAMES.compare(names.get(a) ?? '', names.get(b) ?? '') || byUse(a, b));
  }

  waitsOf(object: number): readonly number[] {
    return this.waitRows[object] ?? [];
  }

  /** Holds one after the other; those at the same time are in the tracks behind it. */
  holdsOf(store: Store, object: number): Track {
    const rows = store.objectHolds[object] ?? [];
    const track = this.holdTracks[object] ?? new Track(store.holds);
    this.holdTracks[object] = track;
    for (let i = this.heldRows[object] ?? 0; i < rows.length; i++) track.add(rows[i]);
    this.heldRows[object] = rows.length;
    return track;
  }

  curvesOf(store: Store, object: number, now: number): ObjectCurves {
    const waits = this.waitsOf(object);
    const holds = store.objectHolds[object] ?? [];
    const depths = store.run.race ? (this.depthRows[object] ?? []) : [];
    const open = store.openWaits.filter((wait) => wait.object === object + 1);
    const key = `${waits.length} ${holds.length} ${depths.length} ${open.length > 0 ? `${open.length} ${store.version}` : ''}`;
    const known = this.curves.get(object);
    const begun = performance.now();
    const rests = store.run.state.kind === 'running' && begun < (known?.restsUntil ?? 0);
    if (known && (known.key === key || rests)) return known.curves;
    const { columns } = store.waits;
    const { time, change } = store.depths.columns;
    const curves: ObjectCurves = {
      waiting: new StepCurve(
        timesOf(
          waits,
          columns.start,
          open.map(({ start }) => start),
        ),
        timesOf(
          waits,
          columns.end,
          open.map(({ end }) => (Number.isNaN(end) ? now : end)),
        ),
      ),
      holding: new StepCurve(timesOf(holds, store.holds.columns.start), timesOf(holds, store.holds.columns.end)),
      depth:
        depths.length === 0
          ? undefined
          : new StepCurve(
              timesOf(
                depths.filter((row) => change[row] > 0),
                time,
              ),
              timesOf(
                depths.filter((row) => change[row] < 0),
                time,
              ),
            ),
    };
    const made = performance.now();
    this.curves.set(object, { key, curves, restsUntil: made + (made - begun) * REST_FACTOR });
    return curves;
  }

  private use(object: number, time: number): void {
    const known = this.firstUses[object];
    if (known === undefined || time < known) this.firstUses[object] = time;
  }
}

/** lock-2 stands before lock-10. */
const NAMES = new Intl.Collator('en', { numeric: true });

/** Times of rows, and further ones. */
function timesOf(rows: readonly number[], column: Float64Array, more: readonly number[] = []): Float64Array {
  const times = new Float64Array(rows.length + more.length);
  for (let i = 0; i < rows.length; i++) times[i] = column[rows[i]];
  times.set(more, rows.length);
  return times;
}

function listAt(lists: number[][], index: number): number[] {
  lists[index] ??= [];
  return lists[index];
}
