/** What a selection adds to the picture: frames around stretches, and the arrow from a release to the wake-up. Pure. */
import { FUNCTION_ROW_HEIGHT, HEADING_HEIGHT, LANE_HEIGHT, type Lane } from './lanes';
import type { Arrow, Frame } from './paintMarks';
import { findWait, holdOfWait, type Selection, stretchOf } from './selection';
import type { Store } from './store';

export interface Place {
  readonly store: Store;
  readonly lanes: readonly Lane[];
  readonly laneOfUnit: (unit: number) => number;
  /** Pixels of a time. */
  readonly x: (time: number) => number;
  readonly scrollTop: number;
  readonly now: number;
}

/** Beyond this a canvas loses exactness, and nobody sees it. */
const FAR = 4000;

export function framesOf(place: Place, selection: Selection | undefined, kind: Frame['kind']): Frame[] {
  // A finding has marks of its own.
  if (!selection || selection.kind === 'finding') return [];
  const { store, lanes, scrollTop } = place;
  const stretch = stretchOf(store, selection, place.now);
  if (!stretch) return [];
  const frames: Frame[] = [];
  const index = laneOfSelection(place, selection, stretch.unit);
  const lane = lanes[index];
  // A unit as a whole is shown by its lane's ground; a frame around all of it would say no more.
  if (lane && selection.kind !== 'unit')
    frames.push({
      ...across(place, stretch.from, stretch.to),
      y: lane.top - scrollTop + 3,
      height: LANE_HEIGHT - 6,
      kind,
    });
  if (lane && selection.kind === 'span') {
    const home = selection.unit === lane.unit || selection.thread === lane.unit ? lane : undefined;
    const isOpen = home !== undefined && selection.depth < home.functionRows;
    if (isOpen) {
      const y = home.top - scrollTop + LANE_HEIGHT + selection.depth * FUNCTION_ROW_HEIGHT;
      frames.splice(0, 1, { ...across(place, stretch.from, stretch.to), y, height: FUNCTION_ROW_HEIGHT - 2, kind });
    }
  }
  if (selection.kind === 'wait') frames.push(...heldFrames(place, selection));
  if (selection.kind === 'hold') frames.push(...below(place, stretch.unit, stretch.from, stretch.to));
  return frames;
}

/** A line below the holder's lane for as long as it held what the wait is for. */
function heldFrames(place: Place, selection: Extract<Selection, { kind: 'wait' }>): Frame[] {
  const { store } = place;
  const wait = findWait(store, selection.unit, selection.start);
  if (!wait || wait.heldBy === 0) return [];
  const row = holdOfWait(store, wait);
  const from = row >= 0 ? store.holds.columns.start[row] : wait.start;
  const to = row >= 0 ? store.holds.columns.end[row] : Number.isNaN(wait.end) ? place.now : wait.end;
  return below(place, wait.heldBy - 1, from, to);
}

function below(place: Place, unit: number, from: number, to: number): Frame[] {
  const lane = place.lanes[place.laneOfUnit(unit)];
  if (!lane) return [];
  return [{ ...across(place, from, to), y: lane.top - place.scrollTop + 3, height: LANE_HEIGHT - 8, kind: 'held' }];
}

/** A hold is framed in the lane of its object, where that is seen. */
function laneOfSelection({ lanes, laneOfUnit }: Place, selection: Selection, unit: number): number {
  if (selection.kind === 'core') return lanes.findIndex((lane) => lane.key === `core:${selection.core}`);
  const own = selection.kind === 'hold' ? lanes.findIndex((lane) => lane.object === selection.object) : -1;
  return own >= 0 ? own : laneOfUnit(unit);
}

/** From the one that released, put or set to the one that this woke; undefined when that is not known. */
export function arrowOf(place: Place, selection: Selection | undefined, strong: boolean): Arrow | undefined {
  if (selection?.kind !== 'wait') return undefined;
  const wait = findWait(place.store, selection.unit, selection.start);
  if (!wait || wait.wokenBy === 0 || Number.isNaN(wait.end)) return undefined;
  const from = place.lanes[place.laneOfUnit(wait.wokenBy - 1)];
  const to = place.lanes[place.laneOfUnit(wait.unit)];
  if (!from || !to || from === to) return undefined;
  const middle = (lane: Lane): number =>
    lane.top - place.scrollTop + (lane.kind === 'process' ? HEADING_HEIGHT : LANE_HEIGHT) / 2;
  const fromY = middle(from);
  const down = Math.sign(middle(to) - fromY);
  return {
    fromX: near(place.x(Number.isNaN(wait.wokenAt) ? wait.end : wait.wokenAt)),
    fromY: fromY + down * 8,
    toX: near(place.x(wait.end)),
    toY: middle(to) - down * 9,
    strong,
  };
}

function across(place: Place, from: number, to: number): { x0: number; x1: number } {
  return { x0: near(place.x(from)), x1: near(place.x(to)) };
}

function near(x: number): number {
  return Math.max(-FAR, Math.min(FAR, x));
}
