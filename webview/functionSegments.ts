/**
 * Which function a stretch of a lane is named after: the innermost one that is wide enough to be told apart. A function
 * whose callees are too narrow to name stands for them.
 */
import type { OpenSpan } from '../common/trace';
import { JOB, STEP, type Store } from './store';
import type { Track } from './track';

/** A stretch named after a span: its row, or the span that goes on. */
export interface FunctionSegment {
  readonly from: number;
  readonly to: number;
  readonly span: SpanReference;
}

export type SpanReference =
  | { readonly kind: 'span'; readonly row: number }
  | { readonly kind: 'openSpan'; readonly span: OpenSpan };

/** The calls of a thread or task: those that are over and those that go on, by nesting. */
export interface FunctionLevels {
  readonly tracks: readonly (Track | undefined)[];
  readonly open: ReadonlyMap<number, OpenSpan>;
}

/** Levels of a unit. Below a thread's own calls come the steps of its tasks, since the loop is what it calls. */
export function levelsOf(store: Store, unit: number): FunctionLevels {
  const own = store.unitSpans[unit] ?? [];
  const open = new Map(
    (store.openSpansByUnit.get(unit) ?? []).filter((span) => !(span.flags & JOB)).map((span) => [span.depth, span]),
  );
  const steps = store.threadSteps[unit];
  const step = (store.openSpansByThread.get(unit) ?? []).find((span) => span.flags & STEP);
  if (!steps && !step) return { tracks: own, open };
  const depth = Math.max(own.length, ...[...open.keys()].map((level) => level + 1));
  if (step) open.set(depth, step);
  const tracks: (Track | undefined)[] = [...own];
  tracks[depth] = steps;
  return { tracks, open };
}

/** As `depthOf` of the unit's levels, without making them: asked of each unit whenever lanes are arranged. */
export function depthOfUnit(store: Store, unit: number): number {
  let depth = store.unitSpans[unit]?.length ?? 0;
  for (const span of store.openSpansByUnit.get(unit) ?? []) {
    if (!(span.flags & JOB)) depth = Math.max(depth, span.depth + 1);
  }
  const hasSteps = store.threadSteps[unit] || store.openSpansByThread.get(unit)?.some((span) => span.flags & STEP);
  return hasSteps ? depth + 1 : depth;
}

/** How many rows it takes to show them. */
export function depthOf(levels: FunctionLevels): number {
  return Math.max(levels.tracks.length, ...[...levels.open.keys()].map((level) => level + 1));
}

/** Narrower than this a stretch gets no name of its own. */
const NAMED_FROM_PIXELS = 30;

export function functionSegments(
  levels: FunctionLevels,
  from: number,
  to: number,
  now: number,
  nanosPerPixel: number,
): FunctionSegment[] {
  const segments: FunctionSegment[] = [];
  const narrow = NAMED_FROM_PIXELS * nanosPerPixel;
  name(undefined, from, to, 0);
  return segments;

  function name(owner: SpanReference | undefined, start: number, end: number, depth: number): void {
    let cursor = start;
    const keep = (until: number): void => {
      if (owner && until - cursor >= narrow) segments.push({ from: cursor, to: until, span: owner });
    };
    for (const child of namable(depth, start, end)) {
      keep(child.from);
      name(child.span, child.from, child.to, child.depth + 1);
      cursor = child.to;
    }
    keep(end);
  }

  /** Spans of the next level that has any in this stretch, cut to the stretch, without the narrow ones. */
  function namable(
    depth: number,
    start: number,
    end: number,
  ): { from: number; to: number; span: SpanReference; depth: number }[] {
    for (let level = depth; level < depthOf(levels); level++) {
      const track = levels.tracks[level];
      const open = levels.open.get(level);
      const found: { from: number; to: number; span: SpanReference; depth: number }[] = [];
      if (track) {
        for (const index of wideRows(track, start, end, narrow)) {
          const cut = { from: Math.max(start, track.start(index)), to: Math.min(end, track.end(index)) };
          found.push({ ...cut, span: { kind: 'span', row: track.rows[index] }, depth: level });
        }
      }
      if (open && open.start < end && Math.min(end, now) - Math.max(start, open.start) >= narrow) {
        const cut = { from: Math.max(start, open.start), to: Math.min(end, now) };
        found.push({ ...cut, span: { kind: 'openSpan', span: open }, depth: level });
      }
      if (found.length > 0) return found;
    }
    return [];
  }
}

/**
 * Indexes of the rows of which so much lies between two times. Such a row goes on so long after any moment right before
 * it, so that is where is looked next: as many steps as rows of that width have room.
 */
export function wideRows(track: Track, from: number, to: number, wide: number): number[] {
  const indexes: number[] = [];
  let time = from;
  let index = track.firstEndingAfter(from);
  while (time < to && index < track.length) {
    const start = track.start(index);
    if (start > time) {
      time = start;
      continue;
    }
    const isWide = Math.min(track.end(index), to) - Math.max(start, from) >= wide;
    if (isWide) indexes.push(index);
    time = isWide ? track.end(index) : time + wide;
    index = track.firstEndingAfter(time, index);
  }
  return indexes;
}
