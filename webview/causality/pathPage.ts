/** The page of the foot about the critical path: what its time went into, each a link into the picture. */
import { largestParts, type PathPart } from '../../common/analysis/criticalParts';
import type { CriticalPath, PathSegment } from '../../common/analysis/criticalPath';
import type { CriticalShares } from '../../common/analysis/criticalShares';
import type { Site } from '../../common/trace';
import { button, element } from '../dom';
import type { Selection } from '../selection';
import type { Store } from '../store';
import { durationText, shareText } from '../timeText';
import { functionWords, nameOf, placeWords } from '../words';
import { activityAt } from './causes';
import { doubtWords, EXPLANATION, KIND_WORDS, objectWords, partWords } from './pathWords';

const MOST_ROWS = 8;
const MOST_PARTS = 12;

export interface PathPageCallbacks {
  selected(selection: Selection): void;
  opened(site: Site): void;
}

interface Row {
  readonly what: Node | string;
  readonly nanos: number;
}

export function pathPage(
  store: Store,
  path: CriticalPath,
  shares: CriticalShares,
  callbacks: PathPageCallbacks,
): readonly Node[] {
  const { whole } = shares;
  const first = shares.objects[0];
  const most = first
    ? `, of which ${shareText(first.nanos / whole)} wait for ${objectWords(store, first.key + 1)}`
    : '';
  const link = (words: string, segment: PathSegment | PathPart, title: string): Node =>
    button('link', words, title, () => callbacks.selected(selectionOfPart(store, segment)));
  const tables = [
    table(
      'How it stood',
      whole,
      shares.kinds.map(({ key, nanos, longest }) => ({ what: link(KIND_WORDS[key], longest, LONGEST), nanos })),
    ),
    table(
      'Lanes',
      whole,
      shares.units.map(({ key, nanos, longest }) => ({ what: link(nameOf(store, key), longest, LONGEST), nanos })),
    ),
    table(
      'Waits for',
      whole,
      shares.objects.map(({ key, nanos, longest }) => ({
        what: link(objectWords(store, key + 1), longest, LONGEST),
        nanos,
      })),
    ),
    table(
      'Functions, their own time',
      whole,
      shares.functions.map(({ key, nanos }) => ({ what: functionLink(store.sites[key], callbacks), nanos })),
    ),
  ];
  const parts = largestParts(path.segments, MOST_PARTS).map((part) => ({
    what: element(
      'span',
      '',
      link(nameOf(store, part.unit), part, 'Show it in the timeline'),
      ` ${partWords(store, part)}`,
    ),
    nanos: part.to - part.from,
  }));
  return [
    element('h2', '', `Critical path: ${durationText(whole)}${most}`),
    ...doubtWords(store, path.isWhole).map((words) => element('p', 'hint', words)),
    element('div', 'path-tables', ...tables, table('Largest parts', whole, parts, 'path-parts')),
    element('p', 'hint', EXPLANATION),
  ];
}

const LONGEST = 'Show the longest stretch of it';

function table(title: string, whole: number, rows: readonly Row[], className = ''): HTMLElement {
  const shown = rows.slice(0, className ? rows.length : MOST_ROWS);
  const cells = shown.map(({ what, nanos }) =>
    element(
      'tr',
      '',
      element('td', 'path-share', shareText(nanos / whole)),
      element('td', 'path-time', durationText(nanos)),
      element('td', 'path-what', what),
    ),
  );
  const more = rows.length - shown.length;
  const rest =
    more > 0
      ? [
          element(
            'tr',
            '',
            element('td', ''),
            element('td', ''),
            element('td', 'path-more', `${more.toLocaleString('en')} more`),
          ),
        ]
      : [];
  const none = rows.length === 0 ? [element('tr', '', element('td', 'path-more', 'none'))] : [];
  return element(
    'table',
    `path-table ${className}`,
    element('caption', '', title),
    element('tbody', '', ...cells, ...rest, ...none),
  );
}

function functionLink(site: Site | undefined, callbacks: PathPageCallbacks): Node | string {
  if (!site) return 'unknown';
  return button('link', functionWords(site), `Open ${placeWords(site)}`, () => callbacks.opened(site));
}

/** What a stretch of the path selects: its wait, else what the unit did in the middle of it. */
export function selectionOfPart(store: Store, { unit, from, to, wait }: PathSegment | PathPart): Selection {
  if (wait > 0) return { kind: 'wait', unit, start: store.waits.columns.start[wait - 1] };
  return activityAt(store, unit, (from + to) / 2);
}
