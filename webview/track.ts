/**
 * One strip of the picture: rows of a table that follow each other in time and do not overlap, so that all questions
 * about a stretch of time are answered by binary search, however many rows there are.
 */

/** A table with times; its columns are replaced when it grows, so they are looked up each time. */
export interface Timed {
  readonly columns: { readonly start: Float64Array; readonly end: Float64Array };
}

/** Most tracks are those of tasks and hold a handful. */
const FIRST_CAPACITY = 4;
/** A sum is kept for every so many rows: the rest is added up when it is asked for, and half a byte a row is enough. */
const ROWS_PER_SUM = 16;

const NO_ROWS = new Uint32Array(0);
const NO_SUMS = new Float64Array(0);

export class Track {
  /** Table rows in order of time; only the first `length` of them count. Replaced when the track grows. */
  rows = NO_ROWS;
  length = 0;
  /** Rows that overlap one of this track's (waits inside waits): a track of its own. */
  overlapping: Track | undefined;
  /** Nanoseconds that the rows before index (i + 1) * ROWS_PER_SUM take together. */
  private sums = NO_SUMS;

  constructor(private readonly table: Timed) {}

  /** Takes in a row. Usually the latest; rows that come late (other streams are read first) are put in their place. */
  add(row: number): void {
    const { start, end } = this.table.columns;
    const { rows, length } = this;
    if (length === 0 || start[row] >= end[rows[length - 1]]) {
      this.insert(length, row);
      return;
    }
    const place = this.firstFrom(start[row]);
    const overlaps =
      (place > 0 && end[rows[place - 1]] > start[row]) || (place < length && start[rows[place]] < end[row]);
    if (!overlaps) {
      this.insert(place, row);
      return;
    }
    this.overlapping ??= new Track(this.table);
    this.overlapping.add(row);
  }

  start(index: number): number {
    return this.table.columns.start[this.rows[index]];
  }

  end(index: number): number {
    return this.table.columns.end[this.rows[index]];
  }

  /**
   * The first index whose row starts at this time or later; `length` when none does. Looked for from `low` on, which is
   * not behind it: what is near to it is found in few steps.
   */
  firstFrom(time: number, low = 0): number {
    const { start } = this.table.columns;
    const { rows, length } = this;
    let [from, to] = [low, length];
    if (low > 0) {
      let step = 1;
      while (from + step < length && start[rows[from + step - 1]] < time) step *= 2;
      to = Math.min(length, from + step);
      from += step >> 1;
    }
    while (from < to) {
      const middle = (from + to) >> 1;
      if (start[rows[middle]] < time) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The first index whose row ends after this time; `length` when none does. As `firstFrom`. */
  firstEndingAfter(time: number, low = 0): number {
    const { end } = this.table.columns;
    const { rows, length } = this;
    let [from, to] = [low, length];
    if (low > 0) {
      let step = 1;
      while (from + step < length && end[rows[from + step - 1]] <= time) step *= 2;
      to = Math.min(length, from + step);
      from += step >> 1;
    }
    while (from < to) {
      const middle = (from + to) >> 1;
      if (end[rows[middle]] <= time) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Index of the row that goes on at this time, -1 when there is none. */
  at(time: number): number {
    const index = this.firstEndingAfter(time);
    return index < this.length && this.start(index) <= time ? index : -1;
  }

  /** Nanoseconds of a stretch that rows cover. */
  covered(from: number, to: number): number {
    const first = this.firstEndingAfter(from);
    return this.coveredBy(first, this.firstFrom(to, first), from, to);
  }

  /** As `covered`, for stretches of one length that follow each other from a time on; the last one ends at `until`. */
  coveredParts(from: number, length: number, count: number, until: number): Float64Array {
    const parts = new Float64Array(count);
    let first = 0;
    let last = 0;
    for (let i = 0; i < count; i++) {
      const start = from + i * length;
      const stop = Math.min(until, start + length);
      first = this.firstEndingAfter(start, first);
      last = this.firstFrom(stop, Math.max(first, last));
      parts[i] = this.coveredBy(first, last, start, stop);
    }
    return parts;
  }

  /** Nanoseconds of all rows together. */
  get total(): number {
    return this.sumBefore(this.length);
  }

  private coveredBy(first: number, last: number, from: number, to: number): number {
    if (first >= last) return 0;
    const before = Math.max(0, from - this.start(first));
    const after = Math.max(0, this.end(last - 1) - to);
    const inner =
      last - first > ROWS_PER_SUM ? this.sumBefore(last) - this.sumBefore(first) : this.durations(first, last);
    return inner - before - after;
  }

  private insert(place: number, row: number): void {
    const { length } = this;
    if (length === this.rows.length) this.rows = wider(this.rows, new Uint32Array(roomAbove(length)));
    if (place < length) this.rows.copyWithin(place + 1, place, length);
    this.rows[place] = row;
    this.length = length + 1;
    const firstSum = Math.floor(place / ROWS_PER_SUM);
    const sums = Math.floor(this.length / ROWS_PER_SUM);
    if (sums > this.sums.length) this.sums = wider(this.sums, new Float64Array(roomAbove(this.sums.length)));
    for (let i = firstSum; i < sums; i++) {
      this.sums[i] = (i > 0 ? this.sums[i - 1] : 0) + this.durations(i * ROWS_PER_SUM, (i + 1) * ROWS_PER_SUM);
    }
  }

  private sumBefore(index: number): number {
    const sums = Math.floor(index / ROWS_PER_SUM);
    return (sums > 0 ? this.sums[sums - 1] : 0) + this.durations(sums * ROWS_PER_SUM, index);
  }

  private durations(from: number, to: number): number {
    const { start, end } = this.table.columns;
    let sum = 0;
    for (let i = from; i < to; i++) sum += end[this.rows[i]] - start[this.rows[i]];
    return sum;
  }
}

/** Half as much again: of what grows, a third is empty at most. */
function roomAbove(length: number): number {
  return Math.max(FIRST_CAPACITY, Math.ceil(length * 1.5));
}

function wider<A extends Uint32Array | Float64Array>(narrow: A, wide: A): A {
  wide.set(narrow);
  return wide;
}
