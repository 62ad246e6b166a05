/** The largest parts of a critical path: stretches on one unit in one wait, or in none with one thing that they held up. */
import type { PathSegment } from './criticalPath';

export interface PathPart {
  readonly unit: number;
  readonly from: number;
  readonly to: number;
  /** Wait row + 1 in which the unit stood, 0 when it did not wait. */
  readonly wait: number;
  /** As that of its segments. */
  readonly object: number;
}

/** The largest first. */
export function largestParts(segments: readonly PathSegment[], count: number): readonly PathPart[] {
  const parts: { unit: number; from: number; to: number; wait: number; object: number }[] = [];
  for (const { unit, from, to, wait, object } of segments) {
    const last = parts.at(-1);
    if (last && last.unit === unit && last.wait === wait && last.object === object) last.to = to;
    else parts.push({ unit, from, to, wait, object });
  }
  return parts.sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, count);
}
