/** The figures of several runs beside each other; of two, with the difference. */
import type { ComparedRun, FigureRow, FigureTable } from '../../common/comparison';
import { element } from '../dom';
import { figureText } from '../figureText';

/** Less than this part is no difference. */
const NOTABLE_PART = 0.02;

export function figureTable(table: FigureTable, runs: readonly ComparedRun[]): HTMLElement {
  const withDifference = !table.columns && runs.length === 2;
  const columns = table.columns ?? runs.map(({ title }) => title);
  const heads = [table.title, ...columns, ...(withDifference ? ['difference'] : [])];
  const head = element(
    'tr',
    '',
    ...heads.map((words, i) => {
      const cell = element('th', i === 0 ? 'of-rows' : '', words);
      cell.scope = 'col';
      cell.title = words;
      return cell;
    }),
  );
  const rows = table.rows.map((row) => figureRow(row, withDifference));
  const made = element('table', 'figures', element('thead', '', head), element('tbody', '', ...rows));
  if (!table.note) return element('section', 'figure-section', made);
  return element('section', 'figure-section', made, element('p', 'hint', table.note));
}

function figureRow(row: FigureRow, withDifference: boolean): HTMLElement {
  const name = element('th', 'of-rows', row.name);
  name.scope = 'row';
  name.title = `${row.name}: ${row.title}`;
  const best = bestOf(row);
  const cells = row.values.map((value, i) => {
    if (value === null) return element('td', 'unknown', '–');
    const cell = element('td', value === best ? 'best' : '', figureText(value, row.unit));
    const spread = row.spreads?.[i];
    if (spread) cell.title = `from ${figureText(spread[0], row.unit)} to ${figureText(spread[1], row.unit)}`;
    if (spread) cell.append(element('span', 'spread', ` ±${figureText((spread[1] - spread[0]) / 2, row.unit)}`));
    return cell;
  });
  return element('tr', '', name, ...cells, ...(withDifference ? [differenceCell(row)] : []));
}

/** The best value of a row of three and more, where they differ; with two the difference says it. */
function bestOf({ values, better }: FigureRow): number | undefined {
  const known = values.filter((value) => value !== null);
  if (better === '' || known.length < 3 || new Set(known).size === 1) return undefined;
  return better === 'less' ? Math.min(...known) : Math.max(...known);
}

function differenceCell({ values, unit, better }: FigureRow): HTMLElement {
  const [one, other] = values;
  if (one == null || other == null) return element('td', 'unknown', '–');
  const change = other - one;
  const size = Math.max(Math.abs(one), Math.abs(other));
  if (size === 0 || Math.abs(change) < size * NOTABLE_PART) return element('td', '', 'same');
  const isBetter = better !== '' && change < 0 === (better === 'less');
  const tone = better === '' ? '' : isBetter ? 'better' : 'worse';
  const percent =
    one > 0 && unit !== 'share' ? ` (${change > 0 ? '+' : '−'}${percentText(Math.abs(change) / one)})` : '';
  const sign = change > 0 ? '+' : '−';
  return element('td', tone, `${sign}${figureText(Math.abs(change), unit)}${percent}${tone ? `, ${tone}` : ''}`);
}

function percentText(part: number): string {
  return part >= 10 ? `${Math.round(part)}×` : `${Math.round(part * 100)} %`;
}
