/**
 * What is drawn: from the trace, the lanes and a window of time to bars in pixels. Pure; the number of bars and the work
 * depend on the pixels and the lanes in view, not on how much was recorded.
 */
import type { Bar, View } from './bars';
import { HEADING_HEIGHT, type Lane } from './lanes';
import { addObject } from './objects/objectBars';
import { addBusy, addCore, addFolded, addNote, addOwned } from './sharedBars';
import { Sheet } from './sheet';
import type { Store } from './store';
import { addAlive, addStepped, addThread } from './unitBars';

export interface LayoutInput {
  readonly store: Store;
  readonly lanes: readonly Lane[];
  /** Lanes [first, last) are in view. */
  readonly first: number;
  readonly last: number;
  readonly view: View;
  /** What goes on is drawn up to here. */
  readonly now: number;
  /** Mean width of a character in pixels. */
  readonly characterWidth: number;
}

/** Bars in the order in which they are painted: later ones lie above. */
export function layout({ store, lanes, first, last, view, now, characterWidth }: LayoutInput): readonly Bar[] {
  const sheet = new Sheet(store, view, now, characterWidth);
  for (let index = first; index < last; index++) addLane(sheet, lanes[index], index);
  return sheet.bars;
}

function addLane(sheet: Sheet, lane: Lane, index: number): void {
  const { store } = sheet;
  switch (lane.kind) {
    case 'core':
      return addCore(sheet, lane.unit, index);
    case 'thread':
      return addThread(sheet, lane, index);
    case 'task':
    case 'job':
      return addStepped(sheet, lane, index);
    case 'loop':
      return addOwned(sheet, store.threadSteps[lane.unit], 'step', lane.unit, index);
    case 'jobs':
      return addOwned(sheet, store.threadJobs[lane.unit], 'job', lane.unit, index);
    case 'folded':
      return addFolded(sheet, lane, index);
    case 'process':
    case 'interpreter':
      addAlive(sheet, store.units[lane.unit], index, HEADING_HEIGHT / 2);
      if (lane.open === false) addBusy(sheet, lane.unit, index);
      return;
    case 'note':
      return addNote(sheet, index);
    case 'object':
      return addObject(sheet, lane.object ?? -1, index);
    case 'cores':
    case 'band':
    case 'objects':
    case 'moreObjects':
      return;
    default:
      lane.kind satisfies never;
  }
}
