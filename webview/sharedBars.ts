/** Lanes that many units share: cores, loops, workers with their jobs, folds. */
import { SHARE_PIXELS, type Source } from './bars';
import { colourOf } from './colours';
import { HEADING_HEIGHT, LANE_HEIGHT, type Lane, unitName } from './lanes';
import { loadOf } from './load';
import { isOne, longestRow, merged, type Sheet } from './sheet';
import { JOB, STEP, type Store } from './store';
import type { Track } from './track';
import { addAlive } from './unitBars';
import { nameOf } from './words';

/** Who was on the core. */
export function addCore(sheet: Sheet, core: number, index: number): void {
  const { store } = sheet;
  const owner = (row: number): number => store.coreSpans.columns.unit[row] - 1;
  const track = store.coreTracks[core];
  for (const piece of sheet.pieces(track)) {
    const row = longestRow(track, piece);
    const colour = colourOf(store, owner(row));
    if (isOne(piece)) {
      const bar = sheet.add({ form: 'running', ...piece, lane: index, colour, source: { kind: 'core', row } });
      if (sheet.hasRoom(bar)) sheet.putText(bar, coreWords(store, owner(row)));
      continue;
    }
    const source = merged('stretch on the core', piece);
    const shares = sheet.shares(track, piece);
    const bar = sheet.add({
      form: 'running',
      ...piece,
      lane: index,
      colour,
      source,
      count: piece.last - piece.first,
      shares,
    });
    bar.columnColours = sheet.columnColours(track, piece, (member) => colourOf(store, owner(member)));
  }
  const open = store.openCoreSpans.find((span) => span.core === core);
  if (!open || open.start >= sheet.end) return;
  const source: Source = { kind: 'openCore', span: open };
  const colour = colourOf(store, open.unit - 1);
  const bar = sheet.add({ form: 'running', from: open.start, to: sheet.end, lane: index, colour, source });
  sheet.putText(bar, coreWords(store, open.unit - 1));
}

/** The steps of a loop's tasks, or the jobs of a worker, each in its own colour. */
export function addOwned(
  sheet: Sheet,
  track: Track | undefined,
  what: 'step' | 'job',
  thread: number,
  index: number,
): void {
  const { store } = sheet;
  const { unit } = store.spans.columns;
  addAlive(sheet, store.units[thread], index, LANE_HEIGHT / 2);
  for (const piece of track ? sheet.pieces(track) : []) {
    const members = track as Track;
    const row = longestRow(members, piece);
    const colour = colourOf(store, unit[row]);
    if (isOne(piece)) {
      const bar = sheet.add({ form: 'running', ...piece, lane: index, colour, source: { kind: 'span', row } });
      if (sheet.hasRoom(bar)) sheet.putText(bar, [nameOf(store, unit[row], thread)]);
      continue;
    }
    const shares = sheet.shares(members, piece);
    const count = piece.last - piece.first;
    const bar = sheet.add({
      form: 'running',
      ...piece,
      lane: index,
      colour,
      source: merged(what, piece),
      count,
      shares,
    });
    bar.columnColours = sheet.columnColours(members, piece, (member) => colourOf(store, unit[member]));
  }
  const flag = what === 'step' ? STEP : JOB;
  for (const span of store.openSpansByThread.get(thread) ?? []) {
    if (!(span.flags & flag) || span.start >= sheet.end) continue;
    const colour = colourOf(store, span.unit);
    const source: Source = { kind: 'openSpan', span };
    const bar = sheet.add({ form: 'running', from: span.start, to: sheet.end, lane: index, colour, source });
    sheet.putText(bar, [nameOf(store, span.unit, thread)]);
  }
}

/** How busy a closed process or interpreter was: how much of each column any of its threads ran, and which one most. */
export function addBusy(sheet: Sheet, home: number, index: number): void {
  const { store, view } = sheet;
  const unit = store.units[home];
  const from = Math.max(view.from, unit.start);
  const until = Math.min(sheet.end, Number.isNaN(unit.end) ? sheet.end : unit.end);
  if (!(until > from)) return;
  const column = SHARE_PIXELS * sheet.nanosPerPixel;
  const count = Math.ceil((until - from) / column);
  const isInside = (thread: number): boolean => store.homeOf(thread) === home;
  const { running, colours } = loadOf(store, from, from + count * column, count, sheet.end, isInside);
  const source: Source = { kind: 'unit', unit: home };
  const place = { top: 6, height: HEADING_HEIGHT - 12 };
  const bar = sheet.add({ form: 'running', from, to: until, lane: index, colour: -1, source, shares: running, place });
  bar.columnColours = Int8Array.from(running, (_, part) => {
    let most = 0;
    for (let colour = 1; colour < colours.length; colour++)
      if (colours[colour][part] > colours[most][part]) most = colour;
    return most;
  });
}

/** When any of the folded units lived. */
export function addFolded(sheet: Sheet, lane: Lane, index: number): void {
  const { view, store } = sheet;
  // 1. How many lived in each pixel, from where they begin and where they are over: as much work as units and pixels.
  const changes = new Int32Array(view.width + 2);
  const begins = new Int32Array(view.width + 2);
  for (const id of lane.members) {
    const unit = store.units[id];
    const from = Number.isNaN(unit.start) ? unit.created : unit.start;
    const to = Number.isNaN(unit.end) ? sheet.end : unit.end;
    if (!sheet.isInView(from, to)) continue;
    const pixel = Math.max(0, Math.floor(sheet.x(from)));
    changes[pixel]++;
    begins[pixel]++;
    changes[Math.min(view.width, Math.floor(sheet.x(to))) + 1]--;
  }
  // 2. A bar for each run of pixels in which any lived; how many began in it tells for how many it stands.
  const time = (pixel: number): number => view.from + pixel * sheet.nanosPerPixel;
  let alive = 0;
  let start = 0;
  let count = 0;
  for (let pixel = 0; pixel <= view.width + 1; pixel++) {
    const change = changes[pixel];
    if (alive === 0 && begins[pixel] > 0) [start, count] = [pixel, 0];
    count += begins[pixel];
    if (alive > 0 && alive + change === 0) {
      const [from, to] = [time(start), time(pixel)];
      const source: Source = { kind: 'merged', what: 'unit', count, from, to };
      sheet.add({ form: 'alive', from, to, lane: index, colour: -1, source, count });
    }
    alive += change;
  }
}

/** Why there are no cores to be seen. */
export function addNote(sheet: Sheet, index: number): void {
  const reason = sheet.store.cores.reason.replace(/\.$/, '');
  const text = `${reason || 'Which thread was on which core was not recorded'}. All that does not wait counts as running.`;
  const { from, to, width } = sheet.view;
  const bar = sheet.add({ form: 'note', from, to, lane: index, colour: -1, source: { kind: 'unit', unit: -1 } });
  Object.assign(bar, { text, textFrom: 5, textWidth: width - 10 });
}

/** Said whole or not at all: who it is, the colour says as well. */
function coreWords(store: Store, unit: number): readonly string[] {
  const known = store.units[unit];
  return known ? [nameOf(store, unit), unitName(known), ''] : ['not a thread of Python', ''];
}
