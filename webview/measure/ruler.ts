/** A ruler between two moments, set by one key. Pure. */
import type { Bar } from '../bars';

/** Nothing, one end that the pointer drags the other from, or both. */
export type Ruler = { readonly from?: number; readonly to?: number };

const SNAP_PIXELS = 6;

/** What the key does with a ruler at a time: the first end, the second one, none. */
export function nextRuler({ from, to }: Ruler, time: number): Ruler {
  if (from === undefined) return { from: time };
  return to === undefined ? { from, to: time } : {};
}

/** The edge of a bar next to a point, where one is near; else the point. In pixels. */
export function snapped(bars: readonly Bar[], x: number): number {
  let best = x;
  let distance = SNAP_PIXELS;
  for (const bar of bars) {
    // A merged bar's edges are those of the first and last of many.
    for (const edge of bar.count > 1 ? [] : [bar.x0, bar.x1]) {
      if (Math.abs(edge - x) >= distance) continue;
      distance = Math.abs(edge - x);
      best = edge;
    }
  }
  return best;
}
