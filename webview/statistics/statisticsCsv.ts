/** Statistics for a spreadsheet: a row for each figure, function, unit and wait; times in nanoseconds. Pure. */
import type { Statistics } from '../../common/analysis/statistics';
import { csvRow } from '../../common/csvText';
import { THREAD_STATES } from '../../common/trace';
import type { Store } from '../store';
import { valueOf } from './columns';
import { rowsOf, type TableName } from './rows';

const HEAD = [
  'table',
  'name',
  'place',
  'count',
  'unfinished',
  'total_ns',
  'self_ns',
  'waited_ns',
  'min_ns',
  'median_ns',
  'p95_ns',
  'max_ns',
  'quantiles',
  'note',
];
const TABLES: readonly TableName[] = ['functions', 'units', 'waits'];

export function statisticsCsv(store: Store, statistics: Statistics): string {
  const { range, standing, concurrency, onCores } = statistics;
  const figure = (name: string, nanos: number, note = ''): string => {
    return csvRow(['figures', name, '', undefined, undefined, nanos, ...Array<undefined>(7).fill(undefined), note]);
  };
  const rows = [
    csvRow(HEAD),
    figure('from', range.from),
    figure('to', range.to),
    ...THREAD_STATES.map((state, place) =>
      figure(`threads ${state}`, standing.nanos[place], standing.derived[place] > 0 ? 'partly concluded' : ''),
    ),
    figure('on cores', onCores, store.cores.source),
    ...concurrency.nanos.map((nanos, count) => figure(`${count} at once`, nanos)),
    ...store.problems.map(({ text }) => figure('told of the run', Number.NaN, text)),
  ];
  for (const table of TABLES) {
    for (const row of rowsOf(store, statistics, table)) {
      const { timing } = row;
      rows.push(
        csvRow([
          table.slice(0, -1),
          row.name,
          row.place,
          timing.count,
          timing.unfinished,
          timing.total,
          table === 'functions' ? row.second : undefined,
          table === 'units' ? row.second : undefined,
          ...(['min', 'median', 'p95', 'max'] as const).map((column) => valueOf(row, column)),
          timing.durations.isExact ? 'exact' : 'within 2 %',
          row.note,
        ]),
      );
    }
  }
  return rows.join('');
}
