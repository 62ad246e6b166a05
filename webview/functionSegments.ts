/**
 * Which function a stretch of a lane is named after: the innermost one that is wide enough to be told apart. A function
 * whose callees are too narrow to name stands for them.
 */
import type { OpenSpan } from '../common/trace';
import { piecesOf } from './pieces';
import { MAX_DEPTH } from './store';
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

/** The nested spans of a thread or task: those that are over by nesting, and those that go on, by nesting. */
export interface FunctionLevels {
  readonly tracks: readonly (Track | undefined)[];
  readonly open: ReadonlyMap<number, OpenSpan>;
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
    for (let level = depth; level <= MAX_DEPTH; level++) {
      const track = levels.tracks[level];
      const open = levels.open.get(level);
      if (!track && !open) {
        if (level >= levels.tracks.length && level > Math.max(-1, ...levels.open.keys())) return [];
        continue;
      }
      const found = [];
      for (const piece of piecesOf(track, start, end, nanosPerPixel)) {
        const cut = { from: Math.max(start, piece.from), to: Math.min(end, piece.to) };
        const isOne = piece.last === piece.first + 1;
        if (!isOne || cut.to - cut.from < narrow) continue;
        found.push({ ...cut, span: { kind: 'span' as const, row: (track as Track).rows[piece.first] }, depth: level });
      }
      if (open && open.start < end && Math.min(end, now) - Math.max(start, open.start) >= narrow) {
        const cut = { from: Math.max(start, open.start), to: Math.min(end, now) };
        found.push({ ...cut, span: { kind: 'openSpan' as const, span: open }, depth: level });
      }
      if (found.length > 0 || track) return found;
    }
    return [];
  }
}
