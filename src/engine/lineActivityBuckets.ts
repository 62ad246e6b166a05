/**
 * What was done over a run, in a fixed number of equal parts of it, however long it gets: when there is no room for a
 * time, parts are joined two by two. Enough for a picture that is some pixels wide.
 */

/** At least half of them are in use, so a picture of up to half as many columns loses nothing. */
const COUNT = 64;
const SHORTEST_NS = 1024;

/** Nanoseconds of a bucket, so that a run of that length has room. */
export function bucketWidth(length: number): number {
  let width = SHORTEST_NS;
  while (width * COUNT < length) width *= 2;
  return width;
}

/** A length that a run of this one has room in for a while, so that its picture need not change with each moment. */
export function frameLength(length: number): number {
  return bucketWidth(length) * COUNT;
}

export class Buckets {
  private width = SHORTEST_NS;
  private readonly ran = new Float32Array(COUNT);
  private readonly waited = new Float32Array(COUNT);

  /** Notes a stretch that ends no later than the buckets of this width reach. */
  add(from: number, to: number, waits: boolean, width: number): void {
    while (this.width < width) this.widen();
    spread(waits ? this.waited : this.ran, from, to, this.width);
  }

  /** Adds what it has to equal columns of the time from 0 to `until`. */
  into(ran: Float64Array, waited: Float64Array, until: number): void {
    for (let bucket = 0; bucket < COUNT; bucket++) {
      const [didRun, didWait] = [this.ran[bucket] as number, this.waited[bucket] as number];
      if (didRun === 0 && didWait === 0) continue;
      const middle = (bucket + 0.5) * this.width;
      const column = Math.min(ran.length - 1, Math.floor((middle / until) * ran.length));
      ran[column] = (ran[column] as number) + didRun;
      waited[column] = (waited[column] as number) + didWait;
    }
  }

  private widen(): void {
    for (const sums of [this.ran, this.waited]) {
      for (let i = 0; i < COUNT; i++) {
        const [one, other] = [sums[2 * i] ?? 0, sums[2 * i + 1] ?? 0];
        sums[i] = one + other;
      }
    }
    this.width *= 2;
  }
}

/** Adds a stretch to the equal parts that it touches; what took no time at all leaves a trace as well. */
export function spread(parts: Float32Array | Float64Array, from: number, to: number, width: number): void {
  const last = parts.length - 1;
  const clamp = (time: number): number => Math.max(0, Math.min(last, Math.floor(time / width)));
  const [first, end] = [clamp(from), clamp(to)];
  for (let i = first; i <= end; i++) {
    const inside = Math.min(to, (i + 1) * width) - Math.max(from, i * width);
    // An end that lies right on a border is not in the part behind it.
    if (inside <= 0 && i > first) continue;
    parts[i] = (parts[i] as number) + Math.max(1, inside);
  }
}
