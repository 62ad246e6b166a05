/** A sortable table of statistics; the longest of each row is a link into the picture. */
import type { Site } from '../../common/trace';
import { button, element } from '../dom';
import type { Selection } from '../selection';
import { durationText, shareText } from '../timeText';
import { barChart } from './barChart';
import { type Column, type ColumnName, columnsOf, type Sorting, sorted, valueOf } from './columns';
import type { StatisticsRow, TableName } from './rows';

/** More are not read; they are in the CSV. */
const MOST_ROWS = 200;
const HISTOGRAM_BARS = 12;

export interface TableCallbacks {
  sort(by: ColumnName): void;
  selected(selection: Selection): void;
  opened(site: Site): void;
}

export interface TableState {
  readonly table: TableName;
  readonly sorting: Sorting;
  /** Not all was recorded: counts and totals are at least so much. */
  readonly isPartial: boolean;
}

export function statisticsTable(
  rows: readonly StatisticsRow[],
  state: TableState,
  callbacks: TableCallbacks,
): HTMLElement {
  const columns = columnsOf(state.table);
  const shown = sorted(rows, state.sorting).slice(0, MOST_ROWS);
  const largest = rows.reduce((most, { timing }) => Math.max(most, timing.total), 0);
  const heads = columns.map((column) => head(column, state.sorting, callbacks));
  const spread = element('th', 'statistics-spread', 'spread');
  spread.scope = 'col';
  spread.title = 'How many took how long, from the shortest to the longest, on a scale of factors';
  const body = shown.map((row) => bodyRow(row, columns, state, largest, callbacks));
  const more = rows.length - shown.length;
  const rest = more > 0 ? [note(`${more.toLocaleString('en')} more are in the CSV.`, columns.length + 1)] : [];
  const none = rows.length === 0 ? [note('Nothing of this was recorded in the range.', columns.length + 1)] : [];
  const table = element(
    'table',
    'statistics-table',
    element('thead', '', element('tr', '', ...heads, spread)),
    element('tbody', '', ...body, ...rest, ...none),
  );
  table.setAttribute('aria-label', `Statistics of ${state.table}`);
  return table;
}

function head({ name, words, title }: Column, { by, descending }: Sorting, { sort }: TableCallbacks): HTMLElement {
  const arrow = by === name ? (descending ? ' ▾' : ' ▴') : '';
  const cell = element(
    'th',
    name === 'name' ? '' : 'number',
    button('', `${words}${arrow}`, title, () => sort(name)),
  );
  cell.scope = 'col';
  if (by === name) cell.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  return cell;
}

function bodyRow(
  row: StatisticsRow,
  columns: readonly Column[],
  { isPartial }: TableState,
  largest: number,
  callbacks: TableCallbacks,
): HTMLElement {
  const { timing, longest } = row;
  const cells = columns.slice(1).map(({ name }) => {
    const text = cellText(row, name, isPartial);
    const cell = element('td', 'number');
    if (name === 'max' && longest && text)
      cell.append(button('link', text, 'Show it in the timeline', () => callbacks.selected(longest)));
    else cell.append(text);
    if (name === 'count' && timing.unfinished > 0)
      cell.title = `${timing.unfinished.toLocaleString('en')} of them not over, or cut off: they have no duration yet`;
    if (name === 'total') cell.title = `${shareText(timing.total / Math.max(1, largest))} of the largest`;
    return cell;
  });
  const { durations } = timing;
  const spread = element('td', 'statistics-spread');
  if (durations.count > 1) {
    const words = `from ${durationText(durations.min)} to ${durationText(durations.max)}`;
    spread.append(barChart(durations.histogram(HISTOGRAM_BARS), words));
    spread.title = words;
  }
  return element('tr', '', nameCell(row, callbacks), ...cells, spread);
}

function nameCell({ name, place, site, note }: StatisticsRow, { opened }: TableCallbacks): HTMLElement {
  const named = site ? button('link', name, `Open ${place}`, () => opened(site)) : element('span', '', name);
  const cell = element('th', '', named, element('span', 'statistics-place', ` ${place}`));
  cell.scope = 'row';
  if (note) cell.append(element('span', 'statistics-place', ' *'));
  cell.title = [name, place, note].filter(Boolean).join(' · ');
  return cell;
}

function cellText(row: StatisticsRow, column: ColumnName, isPartial: boolean): string {
  const value = valueOf(row, column);
  if (Number.isNaN(value)) return '';
  const { timing } = row;
  const atLeast = isPartial ? '≥ ' : '';
  if (column === 'count') return `${atLeast}${value.toLocaleString('en')}`;
  const isQuantile = column === 'median' || column === 'p95';
  const about = isQuantile && !timing.durations.isExact ? '~' : '';
  return `${column === 'total' ? atLeast : about}${durationText(value)}`;
}

function note(words: string, columns: number): HTMLElement {
  const cell = element('td', 'hint', words);
  cell.colSpan = columns;
  return element('tr', '', cell);
}
