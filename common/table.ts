/**
 * Append-only tables of numbers, one typed array a column.
 *
 * The host's `Trace` and the webview's store hold the same tables; what one has gained since a given row goes to the
 * other as a `TableSlice` of plain array buffers (structured clone, no JSON).
 */

/** Element type of a column. */
export type ColumnType = 'f64' | 'u32' | 'i32' | 'u16' | 'u8';
export type Column = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;
export type Columns = Readonly<Record<string, ColumnType>>;

const constructors = {
  f64: Float64Array,
  u32: Uint32Array,
  i32: Int32Array,
  u16: Uint16Array,
  u8: Uint8Array,
} as const;

type ArrayOf<T extends ColumnType> = InstanceType<(typeof constructors)[T]>;

/** The columns of some rows: `from` is the number of the first of them. */
export interface TableSlice {
  readonly from: number;
  readonly length: number;
  /** Rows that the table has behind these already: they follow in the next slices. */
  readonly more?: number;
  readonly columns: Readonly<Record<string, ArrayBuffer>>;
}

/** Larger tables grow by half, not to twice their size: what is empty of them counts. */
const LARGE = 65_536;

export class Table<C extends Columns> {
  /** Columns by name; only the first `length` elements of each count. Replaced when the table grows. */
  readonly columns: { [K in keyof C]: ArrayOf<C[K]> };
  length = 0;
  private capacity = 1024;

  constructor(private readonly types: C) {
    const columns: Record<string, Column> = {};
    for (const name of Object.keys(types)) columns[name] = new constructors[types[name] as ColumnType](this.capacity);
    this.columns = columns as { [K in keyof C]: ArrayOf<C[K]> };
  }

  /** Makes room for one more row and returns its number; the caller fills the columns. */
  add(): number {
    if (this.length === this.capacity) this.grow(this.length + 1, 0);
    return this.length++;
  }

  /** Copies the rows from `from` on, of which `most` at most. */
  slice(from: number, most = Number.POSITIVE_INFINITY): TableSlice {
    const to = Math.min(this.length, from + most);
    const columns: Record<string, ArrayBuffer> = {};
    for (const name of Object.keys(this.types)) {
      columns[name] = (this.columns[name] as Column).slice(from, to).buffer as ArrayBuffer;
    }
    return { from, length: to - from, more: this.length - to, columns };
  }

  /** Appends a slice that starts at this table's end; anything else is a gap and throws a RangeError. */
  append(slice: TableSlice): void {
    if (slice.from !== this.length)
      throw new RangeError(`slice starts at row ${slice.from}, the table ends at ${this.length}`);
    const length = this.length + slice.length;
    if (length > this.capacity) this.grow(length, length + (slice.more ?? 0));
    for (const [name, type] of Object.entries(this.types)) {
      const buffer = slice.columns[name];
      if (buffer) (this.columns[name] as Column).set(new constructors[type](buffer), this.length);
    }
    this.length = length;
  }

  /** Makes room for so many rows; when it is known how many there will be, for these and no more. */
  private grow(atLeast: number, expected: number): void {
    while (this.capacity < atLeast) this.capacity = Math.ceil(this.capacity * (this.capacity < LARGE ? 2 : 1.5));
    if (expected > atLeast) this.capacity = expected;
    for (const [name, type] of Object.entries(this.types)) {
      const wider = new constructors[type](this.capacity);
      wider.set(this.columns[name] as never);
      (this.columns as Record<string, Column>)[name] = wider;
    }
  }
}
