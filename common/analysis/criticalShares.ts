/**
 * What the time of a critical path went into.
 *
 * A share for an object is the time of the path that lies in a wait for it: while the unit that the path is on waited for
 * it, or while the unit waited for it to which the path goes over next. So each moment counts for one object at most, the
 * one that was given up or handed on first after it.
 */
import type { CriticalPath, PathKind, PathSegment } from './criticalPath';
import type { RunTables } from './tables';

/** Something and its nanoseconds on the path. */
export interface Share<Key> {
  readonly key: Key;
  readonly nanos: number;
  /** The longest single stretch of it. */
  readonly longest: PathSegment;
}

/** Each list has the largest first. */
export interface CriticalShares {
  /** Nanoseconds from the path's beginning to its end. */
  readonly whole: number;
  readonly kinds: readonly Share<PathKind>[];
  readonly units: readonly Share<number>[];
  /** By object row. */
  readonly objects: readonly Share<number>[];
  /** By site row of the innermost recorded function; its waits and calls of what is not recorded count for it. */
  readonly functions: readonly { readonly key: number; readonly nanos: number }[];
}

const JOB = 16;

export function criticalShares(tables: RunTables, path: CriticalPath): CriticalShares {
  const { segments } = path;
  return {
    whole: (segments.at(-1)?.to ?? 0) - (segments[0]?.from ?? 0),
    kinds: sharesBy(segments, ({ kind }) => kind),
    units: sharesBy(segments, ({ unit }) => unit),
    objects: sharesBy(segments, ({ object }) => (object > 0 ? object - 1 : undefined)),
    functions: functionShares(tables, segments),
  };
}

function sharesBy<Key>(
  segments: readonly PathSegment[],
  keyOf: (segment: PathSegment) => Key | undefined,
): Share<Key>[] {
  const shares = new Map<Key, { key: Key; nanos: number; longest: PathSegment }>();
  for (const segment of segments) {
    const key = keyOf(segment);
    if (key === undefined) continue;
    const nanos = segment.to - segment.from;
    const known = shares.get(key);
    if (!known) {
      shares.set(key, { key, nanos, longest: segment });
      continue;
    }
    known.nanos += nanos;
    if (nanos > known.longest.to - known.longest.from) known.longest = segment;
  }
  return [...shares.values()].sort((a, b) => b.nanos - a.nanos);
}

/**
 * Spans are in the order of their ends, a call after the calls that it made: what of a call lies on the path without what
 * lies in those is its own.
 */
function functionShares(tables: RunTables, segments: readonly PathSegment[]): { key: number; nanos: number }[] {
  const onPath = stretchesByUnit(segments);
  const { unit, start, end, site, depth, flags } = tables.spans.columns;
  const own = new Map<number, number>();
  /** By unit and nesting: what calls took whose caller has not come yet. */
  const inner = new Map<number, number[]>();
  for (let row = 0; row < tables.spans.length; row++) {
    const stretches = onPath.get(unit[row] as number);
    if (!stretches || (flags[row] as number) & JOB) continue;
    const covered = coveredBy(stretches, start[row] as number, end[row] as number);
    const level = depth[row] as number;
    const taken = inner.get(unit[row] as number) ?? [];
    inner.set(unit[row] as number, taken);
    const mine = Math.max(0, covered - (taken[level + 1] ?? 0));
    taken[level + 1] = 0;
    taken[level] = (taken[level] ?? 0) + covered;
    const function_ = (site[row] as number) - 1;
    if (function_ >= 0 && mine > 0) own.set(function_, (own.get(function_) ?? 0) + mine);
  }
  return [...own].map(([key, nanos]) => ({ key, nanos })).sort((a, b) => b.nanos - a.nanos);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Nanoseconds of all stretches before it. */
  readonly before: number;
}

function stretchesByUnit(segments: readonly PathSegment[]): Map<number, Stretch[]> {
  const byUnit = new Map<number, Stretch[]>();
  for (const { unit, from, to } of segments) {
    const known = byUnit.get(unit);
    const last = known?.at(-1);
    const stretch = { from, to, before: last ? last.before + last.to - last.from : 0 };
    if (known) known.push(stretch);
    else byUnit.set(unit, [stretch]);
  }
  return byUnit;
}

function coveredBy(stretches: readonly Stretch[], from: number, to: number): number {
  return coveredUntil(stretches, to) - coveredUntil(stretches, from);
}

function coveredUntil(stretches: readonly Stretch[], time: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as Stretch).from < time) low = middle + 1;
    else high = middle;
  }
  const last = stretches[low - 1];
  return last ? last.before + Math.min(last.to, time) - last.from : 0;
}
