/**
 * What is drawn: from the trace, the lanes and a window of time to bars in pixels. Pure; the number of bars and the work
 * depend on the pixels and the lanes in view, not on how much was recorded.
 *
 * Times become pixels here and nowhere else: `x` counts from the left edge of the chart, `top` from that of the lane.
 */
import { OPERATION_FAMILIES } from '../common/events';
import type { OpenCoreSpan, OpenSpan, OpenWait, Unit } from '../common/trace';
import { colourOf } from './colours';
import { type FunctionLevels, functionSegments, type SpanReference } from './functionSegments';
import { FUNCTION_ROW_HEIGHT, HEADING_HEIGHT, LANE_HEIGHT, type Lane } from './lanes';
import { type Piece, piecesOf } from './pieces';
import { STEP, type Store } from './store';
import { Track } from './track';
import { countWords, functionWords, nameOf, shortFunctionWords, waitVariants } from './words';

/** The stretch of time that is shown, and in how many pixels. */
export interface View {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/**
 * The form tells the state. alive: it exists, nothing more is known. running: on a core. ready: wants a core. gil: wants
 * the GIL. blocked: in a call that is not recorded. waiting: for what the words say. idle: waits for work. function: a
 * span of an opened lane. queued: made, not begun. mark: a bad end. note: words alone.
 */
export type Form =
  | 'alive'
  | 'running'
  | 'ready'
  | 'gil'
  | 'blocked'
  | 'waiting'
  | 'idle'
  | 'function'
  | 'queued'
  | 'mark'
  | 'note';

/** What a bar stands for. */
export type Source =
  | { readonly kind: 'wait'; readonly row: number }
  | { readonly kind: 'openWait'; readonly wait: OpenWait }
  | SpanReference
  | { readonly kind: 'core'; readonly row: number }
  | { readonly kind: 'openCore'; readonly span: OpenCoreSpan }
  | {
      readonly kind: 'state';
      readonly unit: number;
      readonly state: number;
      readonly from: number;
      readonly to: number;
      readonly derived: boolean;
    }
  | { readonly kind: 'unit'; readonly unit: number }
  | {
      readonly kind: 'merged';
      readonly what: MergedWhat;
      readonly count: number;
      readonly from: number;
      readonly to: number;
    };

export type MergedWhat = 'wait' | 'function call' | 'step' | 'job' | 'stretch on the core' | 'stretch' | 'unit';

export interface Bar {
  readonly form: Form;
  /** Index of the lane. */
  readonly lane: number;
  readonly x0: number;
  readonly x1: number;
  readonly top: number;
  readonly height: number;
  /** Place in the palette, -1 for grey. */
  readonly colour: number;
  /** Rows that it stands for; more than one means that they are too narrow to be told apart. */
  readonly count: number;
  readonly source: Source;
  /** Words on it, '' for none. They stand from `textFrom` on for `textWidth` pixels at most. */
  text: string;
  textFrom: number;
  textWidth: number;
  /** For merged rows: the part of each column of SHARE_PIXELS that they take, 0 to 1. */
  readonly shares?: Float32Array;
  /** For merged rows of many units: whose colour each column has. */
  columnColours?: Int8Array;
}

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

export const SHARE_PIXELS = 2;
const BAR_TOP = 4;
const BAR_HEIGHT = LANE_HEIGHT - 8;
const TEXT_PADDING = 5;
const TEXT_FROM_PIXELS = 22;
/** Of a name that is cut this much is left, or it says nothing. */
const LEAST_CHARACTERS = 5;
/** A function that runs in pieces is named again after so many pixels. */
const NAMED_AGAIN_PIXELS = 160;

export function layout(input: LayoutInput): Bar[] {
  const { store, lanes, view, now } = input;
  const bars: Bar[] = [];
  const nanosPerPixel = (view.to - view.from) / Math.max(1, view.width);
  const end = Math.min(view.to, now);
  const x = (time: number): number => (time - view.from) / nanosPerPixel;
  for (let index = input.first; index < input.last; index++) addLane(lanes[index], index);
  return bars;

  function addLane(lane: Lane, index: number): void {
    switch (lane.kind) {
      case 'core':
        return addCore(lane.unit, index);
      case 'thread':
        return addThread(lane, index);
      case 'task':
      case 'job':
        return addStepped(store.units[lane.unit], index);
      case 'loop':
        return addOwned(store.threadSteps[lane.unit], 'step', lane.unit, index);
      case 'jobs':
        return addOwned(store.threadJobs[lane.unit], 'job', lane.unit, index);
      case 'folded':
        return addFolded(lane, index);
      case 'process':
      case 'interpreter':
        return addAlive(store.units[lane.unit], index, HEADING_HEIGHT / 2);
      case 'note':
        return addNote(index);
      case 'cores':
      case 'band':
        return;
    }
  }

  /** Why there are no cores to be seen. */
  function addNote(index: number): void {
    const reason = store.cores.reason.replace(/\.$/, '');
    const text = `${reason || 'Which thread was on which core was not recorded'}. All that does not wait counts as running.`;
    const source: Source = { kind: 'unit', unit: -1 };
    bars.push({
      form: 'note',
      lane: index,
      x0: 0,
      x1: 0,
      ...FULL,
      colour: -1,
      count: 1,
      source,
      text,
      textFrom: TEXT_PADDING,
      textWidth: view.width - 2 * TEXT_PADDING,
    });
  }

  function addThread(lane: Lane, index: number): void {
    const unit = store.units[lane.unit];
    addAlive(unit, index, LANE_HEIGHT / 2);
    for (const form of ['blocked', 'gil', 'ready'] as const) addState(unit, index, form);
    addWaits(unit, index);
    const before = bars.length;
    addState(unit, index, 'running');
    const levels = {
      tracks: store.threadSpans[unit.id] ?? [],
      open: openByDepth(store.openSpansByThread.get(unit.id) ?? []),
    };
    nameRunning(before, levels, index);
    addEndMark(unit, index);
    for (let row = 0; row < lane.functionRows; row++) addFunctionRow(levels, unit, row, index);
  }

  /** Tasks and jobs: they run in steps, between which they wait. */
  function addStepped(unit: Unit, index: number): void {
    const begun = Number.isNaN(unit.start) ? end : unit.start;
    if (unit.created < begun)
      addSpanOfTime('queued', unit.created, begun, unit, index, { kind: 'unit', unit: unit.id });
    addAlive(unit, index, LANE_HEIGHT / 2);
    addWaits(unit, index);
    const before = bars.length;
    addPieces(
      store.unitSteps[unit.id],
      'step',
      index,
      () => colourOf(store, unit.id),
      () => '',
    );
    const open = (store.openSpansByThread.get(threadOf(unit)) ?? []).filter((span) => span.unit === unit.id);
    const openStep = open.find((span) => span.flags & STEP) ?? open[0];
    if (openStep) addOpenSpan(openStep, index, '');
    nameRunning(before, { tracks: store.unitSpans[unit.id] ?? [], open: openByDepth(open) }, index);
    addEndMark(unit, index);
  }

  /** The steps of a loop's tasks, or the jobs of a worker, each in its own colour. */
  function addOwned(track: Track | undefined, what: 'step' | 'job', thread: number, index: number): void {
    const owner = (row: number): number => store.spans.columns.unit[row];
    addAlive(store.units[thread], index, LANE_HEIGHT / 2);
    addPieces(
      track,
      what,
      index,
      (row) => colourOf(store, owner(row)),
      (row) => nameOf(store, owner(row)),
    );
    const open = (store.openSpansByThread.get(thread) ?? []).find((span) => span.unit !== thread);
    if (open) addOpenSpan(open, index, nameOf(store, open.unit));
  }

  function addCore(core: number, index: number): void {
    const owner = (row: number): number => store.coreSpans.columns.unit[row] - 1;
    for (const piece of piecesOf(store.coreTracks[core], view.from, view.to, nanosPerPixel)) {
      const track = store.coreTracks[core];
      const row = track.rows[longestOf(track, piece)];
      const isOne = piece.last === piece.first + 1;
      const source: Source = isOne ? { kind: 'core', row } : merged('stretch on the core', piece);
      const bar = makeBar(
        'running',
        piece.from,
        piece.to,
        index,
        colourOf(store, owner(row)),
        piece.last - piece.first,
        source,
        isOne ? undefined : shares(track, piece),
      );
      if (!isOne) bar.columnColours = columnColours(track, piece, (member) => colourOf(store, owner(member)));
      if (isOne) putText(bar, coreWords(owner(row)), '');
    }
    const open = store.openCoreSpans.find((span) => span.core === core);
    if (!open || open.start >= end) return;
    const bar = makeBar('running', open.start, end, index, colourOf(store, open.unit - 1), 1, {
      kind: 'openCore',
      span: open,
    });
    putText(bar, coreWords(open.unit - 1), '');
  }

  /** Said whole or not at all: who it is, the colour says as well. */
  function coreWords(unit: number): string {
    return unit >= 0 ? nameOf(store, unit) : 'not a thread of Python';
  }

  function addFolded(lane: Lane, index: number): void {
    const track = lifeTrack(store, lane);
    for (const piece of piecesOf(track, view.from, view.to, nanosPerPixel)) {
      makeBar('alive', piece.from, piece.to, index, -1, piece.last - piece.first, merged('unit', piece));
    }
  }

  function addState(unit: Unit, index: number, form: 'running' | 'ready' | 'gil' | 'blocked'): void {
    const state = STATE_OF_FORM[form];
    const track = store.unitStates[unit.id]?.[state];
    const colour = colourOf(store, unit.id);
    for (const piece of piecesOf(track, view.from, view.to, nanosPerPixel)) {
      const isOne = piece.last === piece.first + 1;
      const derived = (store.states.columns.flags[(track as Track).rows[piece.first]] & 1) === 1;
      const source: Source = isOne
        ? { kind: 'state', unit: unit.id, state, from: piece.from, to: piece.to, derived }
        : merged('stretch', piece);
      const columns = !isOne && form === 'running' ? shares(track as Track, piece) : undefined;
      makeBar(form, piece.from, piece.to, index, colour, piece.last - piece.first, source, columns);
    }
    const open = store.openStateByUnit.get(unit.id);
    if (open?.state !== state || open.start >= end) return;
    const derived = (open.flags & 1) === 1;
    makeBar(form, open.start, end, index, colour, 1, {
      kind: 'state',
      unit: unit.id,
      state,
      from: open.start,
      to: NaN,
      derived,
    });
  }

  function addWaits(unit: Unit, index: number): void {
    const colour = colourOf(store, unit.id);
    const { operation, object, target, heldBy } = store.waits.columns;
    for (let track = store.unitWaits[unit.id] as Track | undefined; track; track = track.overlapping) {
      for (const piece of piecesOf(track, view.from, view.to, nanosPerPixel)) {
        const row = track.rows[piece.first];
        const isOne = piece.last === piece.first + 1;
        const source: Source = isOne ? { kind: 'wait', row } : merged('wait', piece);
        const bar = makeBar(
          formOfWait(operation[row]),
          piece.from,
          piece.to,
          index,
          colour,
          piece.last - piece.first,
          source,
          isOne ? undefined : shares(track, piece),
        );
        const facts = {
          unit: unit.id,
          operation: operation[row],
          object: object[row],
          target: target[row],
          heldBy: heldBy[row],
        };
        if (hasRoom(bar)) putText(bar, ...(isOne ? waitVariants(store, facts) : [countWords(bar.count, 'wait')]));
      }
    }
    const open = store.openWaitByUnit.get(unit.id);
    if (!open || open.start >= view.to) return;
    const until = Number.isNaN(open.end) ? end : Math.min(open.end, end);
    const bar = makeBar(formOfWait(open.operation), open.start, until, index, colour, 1, {
      kind: 'openWait',
      wait: open,
    });
    if (hasRoom(bar)) putText(bar, ...waitVariants(store, open));
  }

  function addFunctionRow(levels: FunctionLevels, unit: Unit, depth: number, index: number): void {
    const { columns } = store.spans;
    const top = LANE_HEIGHT + depth * FUNCTION_ROW_HEIGHT;
    const place = { top, height: FUNCTION_ROW_HEIGHT - 2 };
    const track = levels.tracks[depth];
    for (const piece of piecesOf(track, view.from, view.to, nanosPerPixel)) {
      const row = (track as Track).rows[piece.first];
      const isOne = piece.last === piece.first + 1;
      const source: Source = isOne ? { kind: 'span', row } : merged('function call', piece);
      const bar = makeBar(
        'function',
        piece.from,
        piece.to,
        index,
        colourOf(store, columns.unit[row]),
        piece.last - piece.first,
        source,
        undefined,
        place,
      );
      if (hasRoom(bar))
        putText(
          bar,
          ...(isOne ? spanNames(columns.site[row], columns.unit[row], unit.id) : [countWords(bar.count, 'call')]),
        );
    }
    const open = levels.open.get(depth);
    if (!open || open.start >= end) return;
    const bar = makeBar(
      'function',
      open.start,
      end,
      index,
      colourOf(store, open.unit),
      1,
      { kind: 'openSpan', span: open },
      undefined,
      place,
    );
    if (hasRoom(bar)) putText(bar, ...spanNames(open.site, open.unit, unit.id));
  }

  function addPieces(
    track: Track | undefined,
    what: 'step' | 'job',
    index: number,
    colour: (row: number) => number,
    text: (row: number) => string,
  ): void {
    for (const piece of piecesOf(track, view.from, view.to, nanosPerPixel)) {
      const row = (track as Track).rows[longestOf(track as Track, piece)];
      const isOne = piece.last === piece.first + 1;
      const source: Source = isOne ? { kind: 'span', row } : merged(what, piece);
      const bar = makeBar(
        'running',
        piece.from,
        piece.to,
        index,
        colour(row),
        piece.last - piece.first,
        source,
        isOne ? undefined : shares(track as Track, piece),
      );
      if (!isOne) bar.columnColours = columnColours(track as Track, piece, colour);
      if (isOne && hasRoom(bar)) putText(bar, text(row));
    }
  }

  function addOpenSpan(span: OpenSpan, index: number, text: string): void {
    if (span.start >= end) return;
    const bar = makeBar('running', span.start, end, index, colourOf(store, span.unit), 1, { kind: 'openSpan', span });
    if (hasRoom(bar)) putText(bar, text);
  }

  function addAlive(unit: Unit, index: number, middle: number): void {
    const from = Number.isNaN(unit.start) ? unit.created : unit.start;
    const to = Number.isNaN(unit.end) ? end : unit.end;
    if (!(from < view.to && to > view.from)) return;
    makeBar('alive', from, to, index, colourOf(store, unit.id), 1, { kind: 'unit', unit: unit.id }, undefined, {
      top: middle - 1,
      height: 2,
    });
  }

  function addEndMark(unit: Unit, index: number): void {
    const isBad = unit.state === 'failed' || unit.state === 'cancelled' || unit.state === 'killed';
    if (!isBad || !(unit.end >= view.from && unit.end <= view.to)) return;
    const at = x(unit.end);
    const bar: Bar = {
      form: 'mark',
      lane: index,
      x0: at - 5,
      x1: at + 5,
      top: LANE_HEIGHT / 2 - 5,
      height: 10,
      colour: -1,
      count: 1,
      source: { kind: 'unit', unit: unit.id },
      text: unit.state,
      textFrom: at + 7,
      textWidth: view.width - at - 7,
    };
    bars.push(bar);
  }

  function addSpanOfTime(form: Form, from: number, to: number, unit: Unit, index: number, source: Source): void {
    if (from < view.to && to > view.from) makeBar(form, from, to, index, colourOf(store, unit.id), 1, source);
  }

  /** Writes the names of functions on the running bars from `before` on. */
  function nameRunning(before: number, levels: FunctionLevels, index: number): void {
    const running = bars.slice(before);
    const { columns } = store.spans;
    let next = 0;
    for (const segment of functionSegments(levels, view.from, end, end, nanosPerPixel)) {
      const from = Math.max(0, x(segment.from));
      const to = Math.min(view.width, x(segment.to));
      const { span } = segment;
      const [site, unit] =
        span.kind === 'span' ? [columns.site[span.row], columns.unit[span.row]] : [span.span.site, span.span.unit];
      const names = spanNames(site, unit, lanes[index].unit);
      while (next < running.length && running[next].x1 <= from) next++;
      let named = Number.NEGATIVE_INFINITY;
      for (let i = next; i < running.length && running[i].x0 < to; i++) {
        const bar = running[i];
        const left = Math.max(bar.x0, from);
        const right = Math.min(bar.x1, to);
        const isRoom = right - left >= TEXT_FROM_PIXELS && !bar.shares;
        if (!isRoom || left < named + NAMED_AGAIN_PIXELS) continue;
        // A function that begins or ends within a bar gets one of its own over it, which shows where.
        const isWhole = left <= Math.max(0, bar.x0) + 3 && right >= Math.min(bar.x1, view.width) - 3;
        const target = isWhole && bar.text === '' ? bar : copyFrom(bar, left, right, span);
        putText(target, ...names);
        if (target.text !== '') named = left;
      }
    }
  }

  function copyFrom(bar: Bar, x0: number, x1: number, source: Source): Bar {
    const copy: Bar = { ...bar, x0, x1, source };
    bars.push(copy);
    return copy;
  }

  function spanNames(reference: number, unit: number, home: number): readonly string[] {
    const site = store.site(reference);
    if (site && site.function !== '') return [functionWords(site), shortFunctionWords(site)];
    const name = unit === home ? store.units[unit]?.function || 'step' : nameOf(store, unit);
    return [name];
  }

  function makeBar(
    form: Form,
    from: number,
    to: number,
    lane: number,
    colour: number,
    count: number,
    source: Source,
    columns?: Float32Array,
    place = PLACE[form],
  ): Bar {
    // One pixel beyond the edges: enough to hide the ends, and no number that a canvas cannot take.
    const x0 = Math.max(-2, x(from));
    const x1 = Math.min(view.width + 2, Math.max(x(to), x(from) + 1));
    const bar: Bar = {
      form,
      lane,
      x0,
      x1,
      ...place,
      colour,
      count,
      source,
      text: '',
      textFrom: 0,
      textWidth: 0,
      ...(columns ? { shares: columns } : {}),
    };
    bars.push(bar);
    return bar;
  }

  function hasRoom(bar: Bar): boolean {
    return Math.min(bar.x1, view.width) - Math.max(bar.x0, 0) >= TEXT_FROM_PIXELS;
  }

  /** Writes the first of the variants for which there is room, else what fits of the last. */
  function putText(bar: Bar, ...variants: readonly string[]): void {
    const from = Math.max(bar.x0, 0) + TEXT_PADDING;
    const width = Math.min(bar.x1, view.width) - from - 2;
    const last = variants.at(-1) ?? '';
    const text = variants.find((variant) => variant.length * input.characterWidth <= width) ?? last;
    if (width < input.characterWidth * Math.min(LEAST_CHARACTERS, text.length)) return;
    bar.text = text;
    bar.textFrom = from;
    bar.textWidth = width;
  }

  /** Who was there in the middle of each column, or next. */
  function columnColours(track: Track, piece: Piece, colour: (row: number) => number): Int8Array {
    const from = Math.max(view.from, piece.from);
    const column = SHARE_PIXELS * nanosPerPixel;
    const result = new Int8Array(Math.max(1, Math.ceil((Math.min(view.to, piece.to) - from) / column)));
    for (let i = 0; i < result.length; i++) {
      const index = Math.min(track.firstEndingAfter(from + (i + 0.5) * column), piece.last - 1);
      result[i] = colour(track.rows[index]);
    }
    return result;
  }

  /** The part of each column that the rows of a piece cover. */
  function shares(track: Track, piece: Piece): Float32Array {
    const from = Math.max(view.from, piece.from);
    const until = Math.min(view.to, piece.to);
    const column = SHARE_PIXELS * nanosPerPixel;
    const result = new Float32Array(Math.max(1, Math.ceil((until - from) / column)));
    for (let i = 0; i < result.length; i++) {
      const start = from + i * column;
      const stop = Math.min(until, start + column);
      result[i] = track.covered(start, stop) / Math.max(stop - start, nanosPerPixel);
    }
    return result;
  }
}

const STATE_OF_FORM = { running: 0, ready: 1, gil: 2, blocked: 3 } as const;

const FULL = { top: BAR_TOP, height: BAR_HEIGHT };
const THIN = { top: LANE_HEIGHT / 2 - 2, height: 4 };
const PLACE: Readonly<Record<Form, { top: number; height: number }>> = {
  alive: { top: LANE_HEIGHT / 2 - 1, height: 2 },
  running: FULL,
  ready: THIN,
  gil: THIN,
  queued: THIN,
  blocked: { top: BAR_TOP + 3, height: BAR_HEIGHT - 6 },
  waiting: FULL,
  idle: { top: BAR_TOP + 3, height: BAR_HEIGHT - 6 },
  function: FULL,
  mark: FULL,
  note: FULL,
};

function formOfWait(operation: number): Form {
  return OPERATION_FAMILIES[operation] === 'idle' ? 'idle' : 'waiting';
}

function merged(what: MergedWhat, piece: Piece): Source {
  return { kind: 'merged', what, count: piece.last - piece.first, from: piece.from, to: piece.to };
}

/** Index of the longest of the first rows of a piece; who has most of a merged piece gives it its colour. */
function longestOf(track: Track, piece: Piece): number {
  let longest = piece.first;
  // Sixteen, since looking at all of them would make the cost depend on the rows.
  for (let i = piece.first + 1; i < Math.min(piece.last, piece.first + 16); i++) {
    if (track.end(i) - track.start(i) > track.end(longest) - track.start(longest)) longest = i;
  }
  return longest;
}

function openByDepth(spans: readonly OpenSpan[]): ReadonlyMap<number, OpenSpan> {
  return new Map(spans.map((span) => [span.depth, span]));
}

function threadOf(unit: Unit): number {
  return unit.parent;
}

const lifeTracks = new WeakMap<Lane, Track>();

/** When any of a folded lane's units lived. Kept as long as the lane, since they are all finished. */
function lifeTrack(store: Store, lane: Lane): Track {
  const known = lifeTracks.get(lane);
  if (known) return known;
  const lives = lane.members
    .map((id) => store.units[id])
    .map((unit) => ({ start: Number.isNaN(unit.start) ? unit.created : unit.start, end: unit.end }))
    .filter((life) => life.start <= life.end)
    .sort((a, b) => a.start - b.start);
  const joined: { start: number; end: number }[] = [];
  for (const life of lives) {
    const last = joined.at(-1);
    if (last && life.start <= last.end) last.end = Math.max(last.end, life.end);
    else joined.push({ ...life });
  }
  const columns = {
    start: Float64Array.from(joined, (life) => life.start),
    end: Float64Array.from(joined, (life) => life.end),
  };
  const track = new Track({ columns });
  for (let row = 0; row < joined.length; row++) track.add(row);
  lifeTracks.set(lane, track);
  return track;
}
