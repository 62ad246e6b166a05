/**
 * One strip of the picture: rows of a table that follow each other in time and do not overlap, so that all questions
 * about a stretch of time are answered by binary search, however many rows there are.
 */

/** A table with times; its columns are replaced when it grows, so they are looked up each time. */
export interface Timed {
  readonly columns: { readonly start: Float64Array; readonly end: Float64Array };
}

export class Track {
  /** Table rows in order of time. Plain arrays, since most tracks are those of tasks and hold a handful. */
  readonly rows: number[] = [];
  /** Rows that overlap one of this track's (waits inside waits): a track of its own. */
  overlapping: Track | undefined;
  /** Nanoseconds that the rows before an index take together. */
  private readonly sums: number[] = [0];

  constructor(private readonly table: Timed) {}

  /** Takes in a row. Usually the latest; rows that come late (other streams are read first) are put in their place. */
  add(row: number): void {
    const { start, end } = this.table.columns;
    const place =
      this.length === 0 || start[row] >= end[this.rows[this.length - 1]] ? this.length : this.firstFrom(start[row]);
    const overlaps =
      (place > 0 && end[this.rows[place - 1]] > start[row]) ||
      (place < this.length && start[this.rows[place]] < end[row]);
    if (overlaps) {
      this.overlapping ??= new Track(this.table);
      this.overlapping.add(row);
      return;
    }
    if (place === this.length) this.rows.push(row);
    else this.rows.splice(place, 0, row);
    for (let i = place; i < this.length; i++) this.sums[i + 1] = this.sums[i] + this.duration(i);
  }

  get length(): number {
    return this.rows.length;
  }

  start(index: number): number {
    return this.table.columns.start[this.rows[index]];
  }

  end(index: number): number {
    return this.table.columns.end[this.rows[index]];
  }

  /** The first index whose row starts at this time or later; `length` when none does. */
  firstFrom(time: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first index whose row ends after this time; `length` when none does. */
  firstEndingAfter(time: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.end(middle) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Index of the row that goes on at this time, -1 when there is none. */
  at(time: number): number {
    const index = this.firstEndingAfter(time);
    return index < this.length && this.start(index) <= time ? index : -1;
  }

  /** Nanoseconds of a stretch that rows cover. */
  covered(from: number, to: number): number {
    const first = this.firstEndingAfter(from);
    const last = this.firstFrom(to);
    if (first >= last) return 0;
    const before = Math.max(0, from - this.start(first));
    const after = Math.max(0, this.end(last - 1) - to);
    return this.sums[last] - this.sums[first] - before - after;
  }

  /** Nanoseconds of all rows together. */
  get total(): number {
    return this.sums[this.length];
  }

  private duration(index: number): number {
    return this.end(index) - this.start(index);
  }
}
