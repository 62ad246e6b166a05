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
  const parts: PathPart[] = [];
  let last: PathPart | undefined;
  for (const { unit, from, to, wait, object } of segments) {
    const goesOn = last && last.unit === unit && last.wait === wait && last.object === object;
    if (last && goesOn) {
      last = { ...last, to };
      parts[parts.length - 1] = last;
      continue;
    }
    last = { unit, from, to, wait, object };
    parts.push(last);
  }
  return parts.sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, count);
}
