/** Columns of the tables of statistics, and how rows are sorted by them. Pure. */
import type { StatisticsRow, TableName } from './rows';

export type ColumnName = 'name' | 'count' | 'total' | 'second' | 'min' | 'median' | 'p95' | 'max';

export interface Column {
  readonly name: ColumnName;
  readonly words: string;
  readonly title: string;
}

export interface Sorting {
  readonly by: ColumnName;
  readonly descending: boolean;
}

const SECOND: Readonly<Record<TableName, Column | undefined>> = {
  functions: { name: 'second', words: 'self', title: 'Total without the calls that were recorded and steps of tasks' },
  units: { name: 'second', words: 'waited', title: 'In recorded waits' },
  waits: undefined,
};
const WHAT: Readonly<Record<TableName, { name: string; count: string; total: string; one: string }>> = {
  functions: {
    name: 'Function',
    count: 'Calls that touch the range',
    total: 'In the range, with what it calls',
    one: 'call',
  },
  units: {
    name: 'Unit',
    count: 'Threads: stretches on a core; tasks: steps; jobs: runs',
    total: 'In the range, running',
    one: 'stretch',
  },
  waits: {
    name: 'Wait for',
    count: 'Waits that touch the range',
    total: 'In the range, of all units together',
    one: 'wait',
  },
};

export function columnsOf(table: TableName): readonly Column[] {
  const { name, count, total, one } = WHAT[table];
  const second = SECOND[table];
  return [
    { name: 'name', words: name, title: 'By name' },
    { name: 'count', words: 'count', title: count },
    { name: 'total', words: 'total', title: total },
    ...(second ? [second] : []),
    { name: 'min', words: 'min', title: `Shortest whole ${one}` },
    { name: 'median', words: 'median', title: `Half of the whole ones took no longer; ~ where that is right to 2 %` },
    { name: 'p95', words: 'p95', title: '95 % of the whole ones took no longer; ~ where that is right to 2 %' },
    { name: 'max', words: 'max', title: `Longest whole ${one}: shows it` },
  ];
}

/** Nanoseconds, or how many; NaN when nothing is over yet. */
export function valueOf({ timing, second }: StatisticsRow, column: ColumnName): number {
  const { durations } = timing;
  switch (column) {
    case 'count':
      return timing.count;
    case 'total':
      return timing.total;
    case 'second':
      return second;
    case 'min':
      return durations.count > 0 ? durations.min : Number.NaN;
    case 'median':
      return durations.quantile(0.5);
    case 'p95':
      return durations.quantile(0.95);
    case 'max':
      return durations.count > 0 ? durations.max : Number.NaN;
    case 'name':
      return Number.NaN;
  }
}

export function sorted(rows: readonly StatisticsRow[], { by, descending }: Sorting): readonly StatisticsRow[] {
  const sign = descending ? -1 : 1;
  if (by === 'name') return [...rows].sort((a, b) => sign * a.name.localeCompare(b.name, 'en', { numeric: true }));
  const valued = rows.map((row) => ({ row, value: valueOf(row, by) }));
  // What has no value comes last, whichever way.
  const key = (value: number): number => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value);
  return valued.sort((a, b) => key(a.value) - key(b.value) || 0).map(({ row }) => row);
}
