/**
 * The calls and waits of a run that are meant by a search or a filter: counted, and laid into tracks so that those in
 * view are found by binary search. Looks at each row once, in slices; rows that come later are looked at then.
 */
import type { View } from './bars';
import { MERGED_BELOW_PIXELS } from './pieces';
import type { Sliced } from './slices';
import { JOB, MAX_DEPTH, type Store } from './store';
import type { Strip } from './strips';
import { touched } from './touched';
import { Track } from './track';

/** Bit of a span's flags: it goes on with what was suspended. */
export const RESUMED = 2;
/** More rows are counted, but not marked: their tracks would take more memory than the picture is worth. */
export const MOST_MARKED = 2_000_000;

export interface Meant {
  /** By site row + 1: its calls are meant. */
  readonly sites: Uint8Array;
  /** By object row + 1: waits for it are meant. */
  readonly objects: Uint8Array;
}

export class MarkedRows implements Sliced {
  /** Calls, a suspended one that goes on not counted again. */
  calls = 0;
  waits = 0;
  /** Site references of which there are calls, and object references of which there are waits. */
  readonly called = new Set<number>();
  readonly awaited = new Set<number>();
  /** Calls by unit and nesting, and waits by unit. */
  readonly spans = new Map<number, (Track | undefined)[]>();
  readonly waitTracks = new Map<number, Track>();
  /** Rises when something was found. */
  version = 0;
  private readonly table: Store['spans'];
  private spansSeen = 0;
  private waitsSeen = 0;
  private marked = 0;

  constructor(
    private readonly store: Store,
    /** May be replaced by one that means the same and knows of more. */
    public meant: Meant,
  ) {
    this.table = store.spans;
  }

  /** The store began anew: these are rows of what it had before. */
  get isStale(): boolean {
    return this.store.spans !== this.table;
  }

  get isComplete(): boolean {
    const { spans, waits } = this.store;
    return this.spansSeen === spans.length && this.waitsSeen === waits.length;
  }

  /** Not all that was found is marked. */
  get isCapped(): boolean {
    return this.marked >= MOST_MARKED;
  }

  advance(rows: number): boolean {
    const before = this.calls + this.waits;
    const { spans, waits } = this.store;
    const spansTo = Math.min(spans.length, this.spansSeen + rows);
    this.lookAtSpans(spansTo);
    this.lookAtWaits(Math.min(waits.length, this.waitsSeen + rows));
    if (this.calls + this.waits > before) this.version++;
    return this.isComplete;
  }

  private lookAtSpans(to: number): void {
    const { sites } = this.meant;
    const { site, flags, unit, depth } = this.store.spans.columns;
    for (let row = this.spansSeen; row < to; row++) {
      if (!sites[site[row]] || flags[row] & JOB) continue;
      if (!(flags[row] & RESUMED)) this.calls++;
      this.called.add(site[row]);
      if (this.isCapped) continue;
      this.marked++;
      const levels = this.spans.get(unit[row]) ?? [];
      if (levels.length === 0) this.spans.set(unit[row], levels);
      const level = Math.min(depth[row], MAX_DEPTH);
      levels[level] ??= new Track(this.store.spans);
      levels[level].add(row);
    }
    this.spansSeen = to;
  }

  private lookAtWaits(to: number): void {
    const { objects } = this.meant;
    const { object, unit } = this.store.waits.columns;
    for (let row = this.waitsSeen; row < to; row++) {
      if (!objects[object[row]]) continue;
      this.waits++;
      this.awaited.add(object[row]);
      if (this.isCapped) continue;
      this.marked++;
      const track = this.waitTracks.get(unit[row]) ?? new Track(this.store.waits);
      if (track.length === 0) this.waitTracks.set(unit[row], track);
      track.add(row);
    }
    this.waitsSeen = to;
  }
}

/** What of a unit's lane is marked in view, by nesting, and the waits; what goes on counted in. In pixels, unordered. */
export function stripsOf(
  marked: MarkedRows,
  store: Store,
  unit: number,
  view: View,
  now: number,
): { readonly calls: readonly (Strip[] | undefined)[]; readonly waits: Strip[] } {
  const { sites, objects } = marked.meant;
  const nanosPerPixel = (view.to - view.from) / view.width;
  const x = (time: number): number => (time - view.from) / nanosPerPixel;
  const strip = (from: number, to: number): Strip => {
    return { from: Math.max(-4, x(from)), to: Math.min(view.width + 4, Math.max(x(to), x(from) + 2)) };
  };
  const strips = (track: Track | undefined): Strip[] => {
    const found: Strip[] = [];
    for (let at = track; at; at = at.overlapping)
      for (const { from, to } of touched(at, view.from, view.to, MERGED_BELOW_PIXELS * nanosPerPixel))
        found.push(strip(from, to));
    return found;
  };
  const calls = (marked.spans.get(unit) ?? []).map(strips);
  const waits = strips(marked.waitTracks.get(unit));
  for (const span of store.openSpansByUnit.get(unit) ?? [])
    if (sites[span.site]) calls[span.depth] = [...(calls[span.depth] ?? []), strip(span.start, now)];
  for (const wait of store.openWaitsByUnit.get(unit) ?? [])
    if (objects[wait.object]) waits.push(strip(wait.start, Number.isNaN(wait.end) ? now : wait.end));
  return { calls, waits };
}

/** Whether the same is meant; one of them may know of more that is not. */
export function isSameMeant(one: Meant, other: Meant): boolean {
  return isSame(one.sites, other.sites) && isSame(one.objects, other.objects);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.every((value, i) => value === (short[i] ?? 0));
}
