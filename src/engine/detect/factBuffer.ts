/**
 * Records of all streams on their way to the detectors: kept until all streams were read that far, then handed out in the
 * order of time. Each stream's records come in order, so what lies here is a few ascending runs; they are merged.
 */
import { type Column, Table } from '../../../common/table';
import type { RawRecord } from '../record';

const COLUMNS = {
  /** Place in the order: the time, or of an access that was told later, the time of what was told before it. */
  order: 'f64',
  time: 'f64',
  commit: 'u32',
  unit: 'i32',
  thread: 'i32',
  space: 'u16',
  objectHigh: 'u32',
  objectLow: 'u32',
  argHigh: 'u32',
  argLow: 'u32',
  site: 'u32',
  context: 'u16',
} as const;

export type RawFacts = Table<typeof COLUMNS>['columns'];

export interface WhoseFact {
  readonly unit: number;
  readonly thread: number;
  readonly space: number;
  /** Site row + 1. */
  readonly site: number;
  readonly context: number;
  readonly order: number;
}

export class FactBuffer {
  private table = new Table(COLUMNS);

  /** Facts that were not handed out. */
  get length(): number {
    return this.table.length;
  }

  add(record: RawRecord, whose: WhoseFact): void {
    const row = this.table.add();
    const { columns } = this.table;
    columns.order[row] = whose.order;
    columns.time[row] = record.time;
    columns.commit[row] = record.kind | (record.operation << 8) | (record.outcome << 20) | (record.flags << 24);
    columns.unit[row] = whose.unit;
    columns.thread[row] = whose.thread;
    columns.space[row] = whose.space;
    columns.objectHigh[row] = record.objectHigh;
    columns.objectLow[row] = record.objectLow;
    columns.argHigh[row] = record.argHigh;
    columns.argLow[row] = record.argLow;
    columns.site[row] = whose.site;
    columns.context[row] = whose.context;
  }

  /** Hands out what lies at or before `horizon`, in order, but not much more than `most`; returns how many they were. */
  take(horizon: number, most: number, use: (facts: RawFacts, row: number) => void): number {
    const { columns, length } = this.table;
    const { order } = columns;
    const rows: number[] = [];
    const later: number[] = [];
    for (let row = 0; row < length; row++) ((order[row] as number) <= horizon ? rows : later).push(row);
    const sorted = sortedByOrder(order, Uint32Array.from(rows));
    let count = Math.min(sorted.length, most);
    // What has one place in the order stays together.
    while (count > 0 && count < sorted.length && order[sorted[count] as number] === order[sorted[count - 1] as number])
      count++;
    for (let i = 0; i < count; i++) use(columns, sorted[i] as number);
    this.keep([...sorted.subarray(count), ...later]);
    return count;
  }

  private keep(rows: readonly number[]): void {
    const { columns } = this.table;
    const kept = new Table(COLUMNS);
    for (let i = 0; i < rows.length; i++) kept.add();
    // Column by column, since there may be very many.
    for (const name of Object.keys(COLUMNS) as (keyof typeof COLUMNS)[])
      copyRows(columns[name], rows, kept.columns[name]);
    this.table = kept;
  }
}

function copyRows(from: Column, rows: readonly number[], to: Column): void {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i] as number] as number;
}

/** A natural merge sort: stable, and linear for what is in order already. */
export function sortedByOrder(order: Float64Array, rows: Uint32Array): Uint32Array {
  let starts = runStarts(order, rows);
  let from = rows;
  let to: Uint32Array = new Uint32Array(rows.length);
  while (starts.length > 1) {
    const merged: number[] = [];
    for (let i = 0; i < starts.length; i += 2) {
      const start = starts[i] as number;
      const middle = starts[i + 1] ?? rows.length;
      const end = starts[i + 2] ?? rows.length;
      merged.push(start);
      mergeRuns(order, from, to, start, middle, end);
    }
    [from, to] = [to, from];
    starts = merged;
  }
  return from;
}

function runStarts(order: Float64Array, rows: Uint32Array): number[] {
  const starts = rows.length > 0 ? [0] : [];
  for (let i = 1; i < rows.length; i++) {
    if ((order[rows[i] as number] as number) < (order[rows[i - 1] as number] as number)) starts.push(i);
  }
  return starts;
}

function mergeRuns(
  order: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let [a, b] = [start, middle];
  for (let at = start; at < end; at++) {
    const isFirst =
      b >= end || (a < middle && (order[from[a] as number] as number) <= (order[from[b] as number] as number));
    to[at] = from[isFirst ? a++ : b++] as number;
  }
}
