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
  private width = 0;
  /** Made when they are needed: most units only run at a line, or only wait there. */
  private ran: Float32Array | undefined;
  private waited: Float32Array | undefined;

  /** Notes a stretch that ends no later than the buckets of this width reach. */
  add(from: number, to: number, waits: boolean, width: number): void {
    if (this.width === 0) this.width = width;
    while (this.width < width) this.widen();
    spread(waits ? this.waitedParts() : this.ranParts(), from, to, this.width);
  }

  /** Adds what it has to equal columns of the time from 0 to `until`. */
  into(ran: Float64Array, waited: Float64Array, until: number): void {
    if (this.ran) this.sumUp(this.ran, ran, until);
    if (this.waited) this.sumUp(this.waited, waited, until);
  }

  private sumUp(parts: Float32Array, columns: Float64Array, until: number): void {
    const columnsPerPart = (this.width / until) * columns.length;
    for (let part = 0; part < COUNT; part++) {
      const sum = parts[part] as number;
      if (sum === 0) continue;
      const column = Math.min(columns.length - 1, Math.floor((part + 0.5) * columnsPerPart));
      columns[column] = (columns[column] as number) + sum;
    }
  }

  private ranParts(): Float32Array {
    this.ran ??= new Float32Array(COUNT);
    return this.ran;
  }

  private waitedParts(): Float32Array {
    this.waited ??= new Float32Array(COUNT);
    return this.waited;
  }

  private widen(): void {
    for (const sums of [this.ran, this.waited]) {
      if (!sums) continue;
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
