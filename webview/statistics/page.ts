/** The page of the foot with the statistics of a range. */
import type { Range, Statistics } from '../../common/analysis/statistics';
import type { Problem } from '../../common/trace';
import { button, element } from '../dom';
import type { Store } from '../store';
import { durationText, timeText } from '../timeText';
import { overview } from './overview';
import { rowsOf, type TableName } from './rows';
import { statisticsTable, type TableCallbacks, type TableState } from './statisticsTable';

export interface PageState extends Omit<TableState, 'isPartial'> {
  readonly range: Range;
  readonly isWhole: boolean;
  /** Undefined while it is being found out. */
  readonly statistics: Statistics | undefined;
}

export interface PageCallbacks extends TableCallbacks {
  whole(): void;
  part(): void;
  copy(): void;
  save(): void;
  turn(table: TableName): void;
}

/** Kinds of problems after which more may have happened than was recorded: of functions, of all. */
const PARTIAL_CALLS: ReadonlySet<Problem['kind']> = new Set<Problem['kind']>(['muted']);
const PARTIAL: ReadonlySet<Problem['kind']> = new Set<Problem['kind']>(['dropped', 'lost', 'truncated', 'corrupt']);
const TABLES: readonly (readonly [TableName, string])[] = [
  ['functions', 'Functions'],
  ['units', 'Units'],
  ['waits', 'Waits'],
];

export function statisticsPage(store: Store, state: PageState, callbacks: PageCallbacks): readonly Node[] {
  const { statistics, table } = state;
  const partial = store.problems.filter(
    ({ kind }) => PARTIAL.has(kind) || (table === 'functions' && PARTIAL_CALLS.has(kind)),
  );
  const hints = partial.map(({ text }) => element('p', 'hint', text));
  if (!statistics) return [headRow(state, callbacks), ...hints];
  const tables = element('div', 'statistics-tables');
  tables.setAttribute('role', 'group');
  tables.setAttribute('aria-label', 'Which statistics');
  for (const [name, words] of TABLES) {
    const choice = button('statistics-choice', `${words} ${statistics[name].length.toLocaleString('en')}`, words, () =>
      callbacks.turn(name),
    );
    choice.setAttribute('aria-pressed', String(name === table));
    tables.append(choice);
  }
  return [
    headRow(state, callbacks),
    overview(store, statistics),
    ...hints,
    tables,
    statisticsTable(rowsOf(store, statistics, table), { ...state, isPartial: partial.length > 0 }, callbacks),
  ];
}

function headRow(state: PageState, callbacks: PageCallbacks): HTMLElement {
  const { isWhole, statistics } = state;
  const range = statistics?.range ?? state.range;
  const title = element('h2', '', rangeWords(range, isWhole));
  const progress = element('span', 'hint statistics-progress');
  const whole = button('', 'Whole run', 'Statistics of the whole run (Q)', callbacks.whole);
  whole.disabled = isWhole;
  const part = button('', 'Shown part', 'Statistics of the selected bar, or of what is shown (R)', callbacks.part);
  const copy = button('', 'Copy CSV', 'Copy all figures and tables', callbacks.copy);
  const save = button('', 'Save CSV…', 'Save all figures and tables as a file', callbacks.save);
  copy.disabled = statistics === undefined;
  save.disabled = statistics === undefined;
  return element(
    'div',
    'statistics-head',
    title,
    progress,
    element('span', 'statistics-buttons', whole, part, copy, save),
  );
}

export function rangeWords({ from, to }: Range, isWhole: boolean): string {
  const length = durationText(to - from);
  if (isWhole) return `Whole run: ${length}`;
  const step = (to - from) / 1000;
  return `${timeText(from, step)} to ${timeText(to, step)}: ${length}`;
}
