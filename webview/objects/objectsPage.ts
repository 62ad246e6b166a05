/** The page of the foot about locks, queues and the like, and about the GIL. */
import { gilFigures } from '../../common/analysis/gil';
import { button, element } from '../dom';
import type { Selection } from '../selection';
import type { Store } from '../store';
import { durationText } from '../timeText';
import { nameOf } from '../words';
import { gilSentences } from './bandWords';
import { depthWords, figuresOf } from './describeObject';
import { objectFamily, objectKind, objectLabel, objectsShown } from './objectLanes';
import { OBJECT_SORTS, type ObjectSort } from './objectUse';

export interface ObjectsPageCallbacks {
  selected(object: number): void;
  jumped(selection: Selection): void;
  sorted(sort: ObjectSort): void;
}

const HEADINGS = [
  'Object',
  'Kind',
  'Held',
  'In all',
  'Longest hold',
  'Waited for',
  'In all',
  'Longest wait',
  'At once',
  'Items',
];

export function objectsPage(
  store: Store,
  sort: ObjectSort,
  now: number,
  callbacks: ObjectsPageCallbacks,
): readonly Node[] {
  const [gil, ...derived] = gilSentences(store, gilFigures(store));
  const head = [element('p', 'gil-row', gil ?? ''), ...derived.map((words) => element('p', 'hint', words))];
  const { shown, more } = objectsShown(store, sort);
  if (shown.length === 0)
    return [...head, element('p', 'hint', 'No lock, queue or the like was waited for, held or filled.')];
  const headings = HEADINGS.map((words) => {
    const heading = element('th', '', words);
    heading.scope = 'col';
    return heading;
  });
  const rows = shown.map((object) => rowOf(store, object, now, callbacks));
  const table = element(
    'table',
    'objects-table',
    element('thead', '', element('tr', '', ...headings)),
    element('tbody', '', ...rows),
  );
  const rest = more > 0 ? [element('p', 'hint', `${more.toLocaleString('en')} more objects are not listed.`)] : [];
  return [
    ...head,
    element('div', 'objects-head', element('h2', '', 'Objects'), sortChoice(sort, callbacks)),
    element('div', 'objects-scroll', table),
    ...rest,
  ];
}

function rowOf(store: Store, object: number, now: number, callbacks: ObjectsPageCallbacks): HTMLElement {
  const figures = figuresOf(store, object, now);
  const label = objectLabel(store, object);
  const name = element(
    'th',
    '',
    button('link', label, `Show the lane of ${label}`, () => callbacks.selected(object)),
  );
  name.scope = 'row';
  const { unit, start, end } = store.waits.columns;
  const holds = store.holds.columns;
  const [hold, wait] = [figures.longestHold - 1, figures.longestWait - 1];
  const link = (words: string, who: number, selection: Selection): Node =>
    element(
      'span',
      '',
      button('link', words, 'Show it in the timeline', () => callbacks.jumped(selection)),
      ` ${nameOf(store, who)}`,
    );
  const cells: (Node | string)[] = [
    objectKind(store, object),
    figures.holds > 0 ? `${figures.holds.toLocaleString('en')} ×` : '',
    figures.holds > 0 ? durationText(figures.held) : '',
    hold < 0
      ? ''
      : link(durationText(holds.end[hold] - holds.start[hold]), holds.unit[hold], {
          kind: 'hold',
          object,
          unit: holds.unit[hold],
          start: holds.start[hold],
        }),
    figures.waits > 0 ? `${figures.waits.toLocaleString('en')} ×` : '',
    figures.waits > 0 ? durationText(figures.waited) : '',
    wait < 0
      ? ''
      : link(durationText(end[wait] - start[wait]), unit[wait], { kind: 'wait', unit: unit[wait], start: start[wait] }),
    figures.mostWaiting > 0 ? `${figures.mostWaiting} waiting` : '',
    objectFamily(store, object) === 'queue' ? itemsOf(store, object, now) : '',
  ];
  return element('tr', '', name, ...cells.map((cell) => element('td', '', cell)));
}

/** The most at once; how that is known, or why it is not, is told of the one that is selected and when it is pointed at. */
function itemsOf(store: Store, object: number, now: number): HTMLElement {
  const words = depthWords(store, object, now);
  const short = element('span', '', /^at most \d+|^not known/.exec(words)?.[0] ?? 'none');
  short.title = words;
  return short;
}

function sortChoice(sort: ObjectSort, callbacks: ObjectsPageCallbacks): HTMLElement {
  const select = element('select', '');
  for (const each of OBJECT_SORTS) {
    const option = element('option', '', each === 'waiting' ? 'waiting caused' : each);
    option.value = each;
    option.selected = each === sort;
    select.append(option);
  }
  select.addEventListener('change', () => callbacks.sorted(select.value as ObjectSort));
  return element('label', 'hint', 'sorted by ', select);
}
