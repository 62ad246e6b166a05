/** The lane of one unit: how it stood, what it waited for, how it ended. */
import { OPERATION_FAMILIES } from '../common/events';
import type { Unit } from '../common/trace';
import type { Form, Source } from './bars';
import { colourOf } from './colours';
import { addFunctionRow, nameStates } from './functionBars';
import { levelsOf } from './functionSegments';
import { LANE_HEIGHT, type Lane } from './lanes';
import { isOne, merged, type Sheet } from './sheet';
import { STEP } from './store';
import type { Track } from './track';
import { countWords, waitVariants } from './words';

/** Places in THREAD_STATES; what waits is drawn from the waits, which know for what. */
const NOT_RUNNING = [
  ['blocked', 3],
  ['gil', 2],
  ['ready', 1],
] as const;
const RUNNING = 0;

export function addThread(sheet: Sheet, lane: Lane, index: number): void {
  const unit = sheet.store.units[lane.unit];
  addAlive(sheet, unit, index, LANE_HEIGHT / 2);
  const before = sheet.bars.length;
  for (const [form, state] of NOT_RUNNING) addState(sheet, unit, index, form, state);
  // Above what it wants while it is on its way into a wait or out of it; below what shows that it ran meanwhile.
  addWaits(sheet, unit, index);
  addState(sheet, unit, index, 'running', RUNNING);
  addCalls(sheet, lane, index, before);
  addEndMark(sheet, unit, index);
}

/** Tasks and jobs: they run in steps, between which they wait. */
export function addStepped(sheet: Sheet, lane: Lane, index: number): void {
  const { store } = sheet;
  const unit = store.units[lane.unit];
  const colour = colourOf(store, unit.id);
  const begun = Number.isNaN(unit.start) ? sheet.end : unit.start;
  if (unit.created < begun && sheet.isInView(unit.created, begun)) {
    sheet.add({
      form: 'queued',
      from: unit.created,
      to: begun,
      lane: index,
      colour,
      source: { kind: 'unit', unit: unit.id },
    });
  }
  addAlive(sheet, unit, index, LANE_HEIGHT / 2);
  addWaits(sheet, unit, index);
  const before = sheet.bars.length;
  const track = store.unitSteps[unit.id];
  for (const piece of sheet.pieces(track)) {
    const one = isOne(piece);
    const source: Source = one ? { kind: 'span', row: track.rows[piece.first] } : merged('step', piece);
    const shares = one ? {} : { shares: sheet.shares(track, piece) };
    sheet.add({ form: 'running', ...piece, lane: index, colour, source, count: piece.last - piece.first, ...shares });
  }
  const open = store.openSpansByUnit.get(unit.id) ?? [];
  const step = open.find((span) => span.flags & STEP) ?? open[0];
  if (step && step.start < sheet.end) {
    const source: Source = { kind: 'openSpan', span: step };
    sheet.add({ form: 'running', from: step.start, to: sheet.end, lane: index, colour, source });
  }
  addCalls(sheet, lane, index, before);
  addEndMark(sheet, unit, index);
}

/** A hair line for as long as it lives: what is drawn over it says more. */
export function addAlive(sheet: Sheet, unit: Unit, index: number, middle: number): void {
  const from = Number.isNaN(unit.start) ? unit.created : unit.start;
  const to = Number.isNaN(unit.end) ? sheet.end : unit.end;
  if (!sheet.isInView(from, to)) return;
  const place = { top: middle - 1, height: 2 };
  const source: Source = { kind: 'unit', unit: unit.id };
  sheet.add({ form: 'alive', from, to, lane: index, colour: colourOf(sheet.store, unit.id), source, place });
}

function addCalls(sheet: Sheet, lane: Lane, index: number, before: number): void {
  const levels = levelsOf(sheet.store, lane.unit);
  nameStates(sheet, levels, lane.unit, before);
  for (let row = 0; row < lane.functionRows; row++) addFunctionRow(sheet, levels, lane.unit, row, index);
}

function addState(sheet: Sheet, unit: Unit, index: number, form: Form, state: number): void {
  const { store } = sheet;
  const colour = colourOf(store, unit.id);
  const track = store.unitStates[unit.id]?.[state];
  const { flags } = store.states.columns;
  for (const piece of sheet.pieces(track)) {
    const one = isOne(piece);
    const derived = (flags[track.rows[piece.first]] & 1) === 1;
    const stood: Source = { kind: 'state', unit: unit.id, state, from: piece.from, to: piece.to, derived };
    const source = one ? stood : merged('stretch', piece);
    const shares = one || form !== 'running' ? {} : { shares: sheet.shares(track, piece) };
    sheet.add({ form, ...piece, lane: index, colour, source, count: piece.last - piece.first, ...shares });
  }
  const open = store.openStateByUnit.get(unit.id);
  if (open?.state !== state || open.start >= sheet.end) return;
  const derived = (open.flags & 1) === 1;
  const source: Source = { kind: 'state', unit: unit.id, state, from: open.start, to: Number.NaN, derived };
  sheet.add({ form, from: open.start, to: sheet.end, lane: index, colour, source });
}

function addWaits(sheet: Sheet, unit: Unit, index: number): void {
  const { store } = sheet;
  const colour = colourOf(store, unit.id);
  const { operation, object, target, heldBy } = store.waits.columns;
  for (let track = store.unitWaits[unit.id] as Track | undefined; track; track = track.overlapping) {
    for (const piece of sheet.pieces(track)) {
      const row = track.rows[piece.first];
      const one = isOne(piece);
      const source: Source = one ? { kind: 'wait', row } : merged('wait', piece);
      const shares = one ? {} : { shares: sheet.shares(track, piece) };
      const count = piece.last - piece.first;
      const bar = sheet.add({
        form: formOfWait(operation[row]),
        ...piece,
        lane: index,
        colour,
        source,
        count,
        ...shares,
      });
      if (!sheet.hasRoom(bar)) continue;
      const [holder, thing, other] = [heldBy[row], object[row], target[row]];
      const facts = { unit: unit.id, operation: operation[row], object: thing, target: other, heldBy: holder };
      sheet.putText(bar, one ? waitVariants(store, facts) : [countWords(count, 'wait')]);
    }
  }
  for (const wait of store.openWaitsByUnit.get(unit.id) ?? []) {
    const to = Number.isNaN(wait.end) ? sheet.end : Math.min(wait.end, sheet.end);
    if (!sheet.isInView(wait.start, to)) continue;
    const source: Source = { kind: 'openWait', wait };
    const bar = sheet.add({ form: formOfWait(wait.operation), from: wait.start, to, lane: index, colour, source });
    if (sheet.hasRoom(bar)) sheet.putText(bar, waitVariants(store, wait));
  }
}

function formOfWait(operation: number): Form {
  return OPERATION_FAMILIES[operation] === 'idle' ? 'idle' : 'waiting';
}

/** A cross where it failed, was cancelled or killed, with the word. */
function addEndMark(sheet: Sheet, unit: Unit, index: number): void {
  const isBad = unit.state === 'failed' || unit.state === 'cancelled' || unit.state === 'killed';
  if (!isBad || !(unit.end >= sheet.view.from && unit.end <= sheet.view.to)) return;
  const half = 5 * sheet.nanosPerPixel;
  const source: Source = { kind: 'unit', unit: unit.id };
  const bar = sheet.add({ form: 'mark', from: unit.end - half, to: unit.end + half, lane: index, colour: -1, source });
  bar.text = unit.state;
  bar.textFrom = bar.x1 + 2;
  bar.textWidth = sheet.view.width - bar.textFrom;
}
