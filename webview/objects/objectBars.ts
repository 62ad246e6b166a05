/** The lane of a lock, queue or the like: who held it, how many waited for it, how many items it had. */
import type { StepCurve } from '../../common/analysis/stepCurve';
import { SHARE_PIXELS, type Source } from '../bars';
import { colourOf } from '../colours';
import { isOne, longestRow, type Sheet } from '../sheet';
import type { Track } from '../track';
import { nameOf } from '../words';

/** Above: those that wait, hanging down. Below: who holds it, or how many do, or its items, standing up. */
const WAITING = { top: 1, height: 8 };
const HELD = { top: 10, height: 12 };

export function addObject(sheet: Sheet, object: number, index: number): void {
  const { store } = sheet;
  const use = store.objectUse.update(store);
  const { waiting, holding, depth } = use.curvesOf(store, object, sheet.now);
  const source: Source = { kind: 'object', object };
  if (depth) addLevels(sheet, depth, Math.max(0, -depth.least), index, source, HELD, 'running');
  else if (holding.most > 1) addLevels(sheet, holding, 0, index, source, HELD, 'running');
  else addHolders(sheet, use.holdsOf(store, object), index);
  addLevels(sheet, waiting, 0, index, source, WAITING, 'waiting');
}

/** One at a time holds it, in its colour. */
function addHolders(sheet: Sheet, track: Track, index: number): void {
  const { store } = sheet;
  const { unit } = store.holds.columns;
  for (const piece of sheet.pieces(track)) {
    const row = longestRow(track, piece);
    const colour = colourOf(store, unit[row]);
    if (isOne(piece)) {
      const source: Source = { kind: 'hold', row };
      const bar = sheet.add({ form: 'running', ...piece, lane: index, colour, source, place: HELD });
      if (sheet.hasRoom(bar)) sheet.putText(bar, [nameOf(store, unit[row])]);
      continue;
    }
    const count = piece.last - piece.first;
    const source: Source = { kind: 'merged', what: 'hold', count, from: piece.from, to: piece.to };
    const shares = sheet.shares(track, piece);
    const bar = sheet.add({ form: 'running', ...piece, lane: index, colour, source, count, shares, place: HELD });
    bar.columnColours = sheet.columnColours(track, piece, (member) => colourOf(store, unit[member]));
  }
}

/** A number over time, as a part of the most there ever were; nothing where it is zero throughout. */
function addLevels(
  sheet: Sheet,
  curve: StepCurve,
  offset: number,
  index: number,
  source: Source,
  place: { top: number; height: number },
  form: 'running' | 'waiting',
): void {
  const most = curve.most + offset;
  if (most <= 0 || curve.times.length === 0) return;
  const { view, nanosPerPixel } = sheet;
  const [begin, end] = [curve.times[0], Math.min(sheet.end, curve.times[curve.times.length - 1])];
  const column = SHARE_PIXELS * nanosPerPixel;
  const first = Math.max(0, Math.floor((begin - view.from) / column));
  const last = Math.ceil((end - view.from) / column);
  // Stretches in which there were any are bars of their own, so that what lies between stays free.
  let shares: number[] = [];
  const flush = (until: number): void => {
    if (shares.length === 0) return;
    const from = view.from + (until - shares.length) * column;
    const to = view.from + until * column;
    sheet.add({ form, from, to, lane: index, colour: -1, source, shares: Float32Array.from(shares), place });
    shares = [];
  };
  for (let i = first; i < Math.min(last, Math.ceil(view.width / SHARE_PIXELS)); i++) {
    const from = view.from + i * column;
    const share = (curve.mean(from, from + column) + offset) / most;
    if (share > 1e-9) shares.push(share);
    else flush(i);
  }
  flush(Math.min(last, Math.ceil(view.width / SHARE_PIXELS)));
}
