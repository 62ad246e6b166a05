/** What one unit did, as stretches that follow each other: of rows that lie in one another only the outermost. */
import { type RowsByUnit, rowsByUnit } from './rowsByUnit';

export interface TimedTable {
  readonly length: number;
  readonly columns: { readonly start: Float64Array; readonly end: Float64Array };
}

export class Stretches {
  private readonly index: RowsByUnit;
  /** By unit: outermost rows in the order of time, made when somebody asks. */
  private readonly outermost = new Map<number, Uint32Array>();

  /** `of` is the column that names the unit; `among` are the rows that count, all when they are not told. */
  constructor(
    private readonly table: TimedTable,
    units: number,
    of: ArrayLike<number>,
    among?: readonly number[],
  ) {
    this.index = rowsByUnit(of, table.length, units, among);
  }

  /** Row of the stretch with start < time <= end, -1 when there is none. */
  covering(unit: number, time: number): number {
    const row = this.lastBefore(unit, time);
    return row >= 0 && (this.table.columns.end[row] as number) >= time ? row : -1;
  }

  /** Row of the last stretch that starts before `time`, -1 when none does. */
  lastBefore(unit: number, time: number): number {
    const rows = this.rowsOf(unit);
    const place = this.firstFrom(rows, time) - 1;
    return place < 0 ? -1 : (rows[place] as number);
  }

  /** Row of the first stretch that starts at `time` or later, -1 when none does. */
  firstAfter(unit: number, time: number): number {
    const rows = this.rowsOf(unit);
    const place = this.firstFrom(rows, time);
    return place < rows.length ? (rows[place] as number) : -1;
  }

  private firstFrom(rows: Uint32Array, time: number): number {
    const { start } = this.table.columns;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((start[rows[middle] as number] as number) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private rowsOf(unit: number): Uint32Array {
    const known = this.outermost.get(unit);
    if (known) return known;
    const { start, end } = this.table.columns;
    const { starts, rows } = this.index;
    const own = rows.slice(starts[unit] ?? 0, starts[unit + 1] ?? 0);
    // Tables are in the order of ends, but for rows that came late.
    if (!isAscending(own, end)) own.sort((a, b) => (end[a] as number) - (end[b] as number));
    let kept = 0;
    for (const row of own) {
      while (kept > 0 && (start[own[kept - 1] as number] as number) >= (start[row] as number)) kept--;
      own[kept++] = row;
    }
    const made = own.subarray(0, kept);
    this.outermost.set(unit, made);
    return made;
  }
}

function isAscending(rows: Uint32Array, times: Float64Array): boolean {
  for (let i = 1; i < rows.length; i++) {
    if ((times[rows[i] as number] as number) < (times[rows[i - 1] as number] as number)) return false;
  }
  return true;
}
