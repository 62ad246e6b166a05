/** All units as a table: the picture for those who do not see it. */
import { element } from './dom';
import { unitName } from './lanes';
import type { Store } from './store';
import { durationText, timeText } from './timeText';
import { objectName, waitWords } from './words';

/** More rows would make the page slow, and nobody reads them. */
const MOST_ROWS = 1000;
const RUNNING = 0;

const HEADINGS = ['Name', 'Kind', 'In', 'State', 'Start', 'End', 'Running', 'Waiting', 'Longest wait'];

export function unitTable(store: Store, now: number): HTMLElement {
  const rows = element('tbody', '');
  const shown = store.units.filter(Boolean).slice(0, MOST_ROWS);
  for (const unit of shown) {
    const states = store.unitStates[unit.id];
    const waits = store.unitWaits[unit.id];
    const parent = store.units[unit.parent];
    const steps = store.unitSteps[unit.id];
    const running = states ? durationText(states[RUNNING]?.total ?? 0) : steps ? durationText(steps.total) : '';
    const cells = [
      unit.kind,
      parent ? unitName(parent) : '',
      unit.state,
      Number.isNaN(unit.start) ? 'not begun' : timeText(unit.start, 1e5),
      Number.isNaN(unit.end) ? '' : timeText(unit.end, 1e5),
      running,
      waits ? durationText(waits.total) : '',
      longestWait(store, unit.id),
    ];
    const head = element('th', '', unitName(unit));
    head.scope = 'row';
    rows.append(element('tr', '', head, ...cells.map((cell) => element('td', '', cell))));
  }
  const headings = HEADINGS.map((text) => {
    const heading = element('th', '', text);
    heading.scope = 'col';
    return heading;
  });
  const more = store.units.length - shown.length;
  const caption = element(
    'caption',
    '',
    `Units of the run up to ${durationText(now)}${more > 0 ? `; ${more.toLocaleString('en')} more are not listed` : ''}`,
  );
  return element('table', 'unit-table', caption, element('thead', '', element('tr', '', ...headings)), rows);
}

function longestWait(store: Store, unit: number): string {
  const track = store.unitWaits[unit];
  if (!track || track.length === 0) return '';
  let longest = 0;
  for (let i = 1; i < track.length; i++)
    if (track.end(i) - track.start(i) > track.end(longest) - track.start(longest)) longest = i;
  const row = track.rows[longest];
  const { operation, object, target, heldBy } = store.waits.columns;
  const facts = { unit, operation: operation[row], object: object[row], target: target[row], heldBy: heldBy[row] };
  const words = waitWords(store, facts);
  const name = objectName(store, facts.object);
  return `${name && !words.includes(name) ? `${words} ${name}` : words}, ${durationText(track.end(longest) - track.start(longest))}`;
}
