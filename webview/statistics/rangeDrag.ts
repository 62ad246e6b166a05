/** A range that is drawn with the pointer: from where it began to where the pointer is; its edges move alone. Pure. */
import type { Range } from '../../common/analysis/statistics';

/** A press on an edge may miss it by so many pixels. */
const NEAR_PIXELS = 5;
/** Less is a click. */
const LEAST_PIXELS = 3;

/** The end that stays where it is. */
export interface RangeDrag {
  readonly anchor: number;
}

/** What a press begins: with Shift a new range, on an edge of the one that is there its move; else nothing. */
export function beginDrag(
  range: Range | undefined,
  time: number,
  nanosPerPixel: number,
  withShift: boolean,
): RangeDrag | undefined {
  const edge = edgeAt(range, time, nanosPerPixel);
  if (range && edge) return { anchor: edge === 'from' ? range.to : range.from };
  return withShift ? { anchor: time } : undefined;
}

/** Which edge is at a time. */
export function edgeAt(range: Range | undefined, time: number, nanosPerPixel: number): 'from' | 'to' | undefined {
  if (!range) return undefined;
  const [left, right] = [Math.abs(time - range.from), Math.abs(time - range.to)];
  if (Math.min(left, right) > NEAR_PIXELS * nanosPerPixel) return undefined;
  return left < right ? 'from' : 'to';
}

/** Within the run, which lasts up to `now`; undefined while it is too short to be meant. */
export function rangeOf({ anchor }: RangeDrag, time: number, now: number, nanosPerPixel: number): Range | undefined {
  if (Math.abs(time - anchor) < LEAST_PIXELS * nanosPerPixel) return undefined;
  return clamped({ from: Math.min(anchor, time), to: Math.max(anchor, time) }, now);
}

/** The part of a range that lies in the run; undefined when there is none. */
export function clamped({ from, to }: Range, now: number): Range | undefined {
  const [left, right] = [Math.max(0, from), Math.min(now, to)];
  return right > left ? { from: left, to: right } : undefined;
}
