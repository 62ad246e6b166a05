/** Takes down the segments of a critical path, from its end to its beginning, with what each is a wait for. */
import type { PathKind, PathSegment } from './criticalPath';

export class PathWriter {
  /** Latest first. */
  private readonly segments: PathSegment[] = [];
  /** Waits that the path went over from and that had begun before where it is: what for (object row + 1), since when. */
  private readonly waiting: { readonly object: number; readonly since: number }[] = [];

  /** The path goes over to the one who ended a wait that began at `since`. */
  goOver(object: number, since: number): void {
    this.waiting.push({ object, since });
  }

  /** A stretch right before the last one; `object` when the unit itself waits for one. */
  add(unit: number, from: number, to: number, kind: PathKind, wait = 0, object = 0): void {
    let end = to;
    while (end > from) {
      while (this.waiting.length > 0 && (this.waiting.at(-1)?.since ?? 0) >= end) this.waiting.pop();
      const outer = this.waiting.at(-1);
      const isOwn = object > 0 || !outer;
      const start = isOwn ? from : Math.max(from, outer.since);
      this.put({ unit, from: start, to: end, kind, wait, object: isOwn ? object : outer.object });
      end = start;
    }
  }

  finish(): readonly PathSegment[] {
    return this.segments.reverse();
  }

  private put(segment: PathSegment): void {
    const next = this.segments.at(-1);
    const goesOn =
      next &&
      next.unit === segment.unit &&
      next.kind === segment.kind &&
      next.wait === segment.wait &&
      next.object === segment.object;
    if (goesOn) this.segments[this.segments.length - 1] = { ...next, from: segment.from };
    else this.segments.push(segment);
  }
}
