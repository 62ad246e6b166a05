/** Which key does what. One table: the help is made from it, too. */

export type KeyAction =
  | 'zoomIn'
  | 'zoomOut'
  | 'panLeft'
  | 'panRight'
  | 'nextBar'
  | 'previousBar'
  | 'nextLane'
  | 'previousLane'
  | 'pageDown'
  | 'pageUp'
  | 'toggleLane'
  | 'openSource'
  | 'zoomToSelection'
  | 'fit'
  | 'follow'
  | 'start'
  | 'table'
  | 'findings'
  | 'nextFinding'
  | 'previousFinding'
  | 'help'
  | 'clear';

export interface KeyEntry {
  readonly action: KeyAction;
  /** Values of `KeyboardEvent.key`, letters in lower case. */
  readonly keys: readonly string[];
  readonly shown: string;
  readonly words: string;
}

export const KEYS: readonly KeyEntry[] = [
  { action: 'zoomIn', keys: ['w', '+', '='], shown: 'W', words: 'zoom in at the pointer (wheel, pinch)' },
  { action: 'zoomOut', keys: ['s', '-'], shown: 'S', words: 'zoom out' },
  { action: 'panLeft', keys: ['a'], shown: 'A', words: 'earlier (drag, Shift+wheel)' },
  { action: 'panRight', keys: ['d'], shown: 'D', words: 'later' },
  { action: 'fit', keys: ['0'], shown: '0', words: 'show the whole run' },
  { action: 'follow', keys: ['f', 'end'], shown: 'F', words: 'follow the end while the program runs' },
  { action: 'start', keys: ['home'], shown: 'Home', words: 'go to the start' },
  { action: 'nextBar', keys: ['arrowright'], shown: '→', words: 'next bar of the lane' },
  { action: 'previousBar', keys: ['arrowleft'], shown: '←', words: 'bar before' },
  { action: 'nextLane', keys: ['arrowdown'], shown: '↓', words: 'next lane' },
  { action: 'previousLane', keys: ['arrowup'], shown: '↑', words: 'lane before' },
  { action: 'pageDown', keys: ['pagedown'], shown: 'Page ↓', words: 'a page of lanes down' },
  { action: 'pageUp', keys: ['pageup'], shown: 'Page ↑', words: 'a page of lanes up' },
  { action: 'toggleLane', keys: [' '], shown: 'Space', words: 'open or close the lane (double-click on its name)' },
  { action: 'openSource', keys: ['enter'], shown: 'Enter', words: 'open the line of code (double-click)' },
  { action: 'zoomToSelection', keys: ['z'], shown: 'Z', words: 'zoom to what is selected' },
  { action: 'nextFinding', keys: ['n'], shown: 'N', words: 'next finding' },
  { action: 'previousFinding', keys: ['p'], shown: 'P', words: 'finding before' },
  { action: 'findings', keys: ['l'], shown: 'L', words: 'list what was found' },
  { action: 'table', keys: ['t'], shown: 'T', words: 'findings and all units as tables' },
  { action: 'help', keys: ['?'], shown: '?', words: 'these keys' },
  { action: 'clear', keys: ['escape'], shown: 'Esc', words: 'select nothing' },
];

const byKey = new Map(KEYS.flatMap((entry) => entry.keys.map((key) => [key, entry.action] as const)));

/** Undefined for keys that are not ours, and for those that the focused element needs itself. */
export function actionOf(event: KeyboardEvent): KeyAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const action = byKey.get(event.key.toLowerCase());
  const target = event.target instanceof Element ? event.target : undefined;
  const pressesIt = action === 'openSource' || action === 'toggleLane';
  if (pressesIt && target?.closest('button')) return undefined;
  const isArrow =
    event.key.startsWith('Arrow') || event.key.startsWith('Page') || event.key === 'Home' || event.key === 'End';
  if (isArrow && target?.closest('[role=separator], .table-page, .details, .help')) return undefined;
  return action;
}
