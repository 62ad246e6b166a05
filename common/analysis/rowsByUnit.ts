/** The rows of a table by the unit that they are about, in the order of the table. Two arrays, however many units. */
export interface RowsByUnit {
  /** Rows of unit `i` are `rows[starts[i]]` to `rows[starts[i + 1] - 1]`. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** `unitOf` tells a row's unit, -1 to leave it out. */
export function rowsByUnit(length: number, units: number, unitOf: (row: number) => number): RowsByUnit {
  const starts = new Uint32Array(units + 2);
  for (let row = 0; row < length; row++) {
    const unit = unitOf(row);
    if (unit >= 0 && unit < units) starts[unit + 2] = (starts[unit + 2] as number) + 1;
  }
  for (let unit = 2; unit < starts.length; unit++)
    starts[unit] = (starts[unit] as number) + (starts[unit - 1] as number);
  const rows = new Uint32Array(starts[units + 1] as number);
  for (let row = 0; row < length; row++) {
    const unit = unitOf(row);
    if (unit < 0 || unit >= units) continue;
    const place = starts[unit + 1] as number;
    rows[place] = row;
    starts[unit + 1] = place + 1;
  }
  return { starts: starts.subarray(0, units + 1), rows };
}
