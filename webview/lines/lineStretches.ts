/** Where a line of code ran, for the timeline. Pure; what is drawn depends on the pixels, not on the stretches. */
import type { LineStretch } from '../../common/protocol';
import type { Store } from '../store';

/** So many are outlined, the longest ones. */
const MOST = 2000;

/** Without the host's table of lines: waits at the line, and calls of the function that is defined there. */
export function stretchesOfLine(store: Store, file: string, line: number): readonly LineStretch[] {
  const isHere = store.sites.map((site) => site?.file === file && site.line === line);
  const found: LineStretch[] = [];
  for (const [table, waits] of [
    [store.waits, true],
    [store.spans, false],
  ] as const) {
    const { unit, start, end, site } = table.columns;
    for (let row = 0; row < table.length; row++) {
      if (isHere[site[row] - 1]) found.push({ unit: unit[row], from: start[row], to: end[row], waits });
    }
  }
  for (const { unit, start, end, site } of store.openWaits)
    if (isHere[site - 1]) found.push({ unit, from: start, to: end, waits: true });
  for (const { unit, start, site } of store.openSpans)
    if (isHere[site - 1]) found.push({ unit, from: start, to: Number.NaN, waits: false });
  const length = ({ from, to }: LineStretch): number => (Number.isNaN(to) ? Number.POSITIVE_INFINITY : to - from);
  const kept = found.length > MOST ? found.sort((a, b) => length(b) - length(a)).slice(0, MOST) : found;
  return kept.sort((a, b) => a.from - b.from);
}

export interface Outline {
  /** Place among the lanes. */
  readonly lane: number;
  readonly x0: number;
  readonly x1: number;
}

/** Narrower ones are drawn so wide, else they would not be seen. */
const NARROWEST = 3;

/** Outlines in pixels, by lane from left to right; those that touch each other are one. */
export function outlinesOf(
  stretches: readonly LineStretch[],
  laneOfUnit: (unit: number) => number,
  x: (time: number) => number,
  width: number,
  now: number,
): readonly Outline[] {
  const latest = new Map<number, Outline>();
  const outlines: Outline[] = [];
  for (const { unit, from, to } of stretches) {
    const [x0, end] = [x(from), x(Number.isNaN(to) ? now : to)];
    const x1 = Math.max(end, x0 + NARROWEST);
    const lane = laneOfUnit(unit);
    if (lane < 0 || x1 < 0 || x0 > width) continue;
    const before = latest.get(lane);
    if (before && x0 <= before.x1 + 1) {
      latest.set(lane, { ...before, x1: Math.max(before.x1, x1) });
      continue;
    }
    if (before) outlines.push(before);
    latest.set(lane, { lane, x0, x1 });
  }
  return [...outlines, ...latest.values()].sort((a, b) => a.lane - b.lane || a.x0 - b.x0);
}

/** From the first to the last of them. */
export function extentOf(stretches: readonly LineStretch[], now: number): { from: number; to: number } {
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const { from, to } of stretches) {
    first = Math.min(first, from);
    last = Math.max(last, Number.isNaN(to) ? now : to);
  }
  return { from: first, to: last };
}

export function longestOf(stretches: readonly LineStretch[], now: number): LineStretch | undefined {
  const length = ({ from, to }: LineStretch): number => (Number.isNaN(to) ? now : to) - from;
  return stretches.reduce<LineStretch | undefined>(
    (longest, each) => (longest && length(longest) >= length(each) ? longest : each),
    undefined,
  );
}
