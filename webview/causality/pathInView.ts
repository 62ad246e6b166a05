/** What of a critical path is worth drawing in a window. Pure; its work depends on the pixels, not on the segments. */
import type { PathSegment } from '../../common/analysis/criticalPath';

/** Segments in the order of time; of those that are narrower than a pixel one for each pixel. */
export function pathInView(
  segments: readonly PathSegment[],
  from: number,
  to: number,
  nanosPerPixel: number,
): readonly PathSegment[] {
  const seen: PathSegment[] = [];
  for (let index = firstEndingAfter(segments, from); index < segments.length; ) {
    const segment = segments[index];
    if (segment.from >= to) break;
    seen.push(segment);
    const next = Math.max(segment.to, segment.from + nanosPerPixel);
    index = segment.to >= next ? index + 1 : Math.max(index + 1, firstEndingAfter(segments, next));
  }
  return seen;
}

/** Index of the segment that goes on at a time, or of the first after it. */
export function firstEndingAfter(segments: readonly PathSegment[], time: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle].to <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
