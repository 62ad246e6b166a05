/** The rows of a table by the unit that they are about, in the order of the table. Two arrays, however many units. */
export interface RowsByUnit {
  /** Rows of unit `i` are `rows[starts[i]]` to `rows[starts[i + 1] - 1]`. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** Of the first `length` rows, or of some of them (`among`, ascending); `of` is the column that names the unit. */
export function rowsByUnit(
  of: ArrayLike<number>,
  length: number,
  units: number,
  among?: readonly number[],
): RowsByUnit {
  const starts = new Uint32Array(units + 2);
  const count = among?.length ?? length;
  for (let i = 0; i < count; i++) {
    const unit = of[among ? (among[i] as number) : i] as number;
    if (unit < units) starts[unit + 2] = (starts[unit + 2] as number) + 1;
  }
  for (let unit = 2; unit < starts.length; unit++)
    starts[unit] = (starts[unit] as number) + (starts[unit - 1] as number);
  const rows = new Uint32Array(starts[units + 1] as number);
  for (let i = 0; i < count; i++) {
    const row = among ? (among[i] as number) : i;
    const unit = of[row] as number;
    if (unit >= units) continue;
    const place = starts[unit + 1] as number;
    rows[place] = row;
    starts[unit + 1] = place + 1;
  }
  return { starts: starts.subarray(0, units + 1), rows };
}
