/** Names of functions on the bars of a lane, and the rows of calls below an opened one. */
import { THREAD_STATES } from '../common/trace';
import type { Bar, Source } from './bars';
import { colourOf } from './colours';
import { type FunctionLevels, functionSegments, type SpanReference } from './functionSegments';
import { FUNCTION_ROW_HEIGHT, LANE_HEIGHT } from './lanes';
import { isOne, merged, type Sheet } from './sheet';
import type { Store } from './store';
import { countWords, functionWords, nameOf, shortFunctionWords } from './words';

/** A function that runs in pieces is named again after so many pixels. */
const NAMED_AGAIN_PIXELS = 160;
/** A function that begins this near to a bar's end begins with it, as far as one sees. */
const SAME_PIXELS = 3;
const NAMED_FROM_PIXELS = 22;
const STANDING: ReadonlySet<string> = new Set([...THREAD_STATES, 'idle']);

/** Writes the names of functions on the bars from `before` on, which say how the unit stood and what it waited for. */
export function nameStates(sheet: Sheet, levels: FunctionLevels, unit: number, before: number): void {
  const { store, view, end } = sheet;
  const standing = sheet.bars
    .slice(before)
    .filter((bar) => STANDING.has(bar.form))
    .sort((a, b) => a.x0 - b.x0);
  let next = 0;
  for (const segment of functionSegments(levels, view.from, end, end, sheet.nanosPerPixel)) {
    const from = Math.max(0, sheet.x(segment.from));
    const to = Math.min(view.width, sheet.x(segment.to));
    const names = spanNames(store, ...spanFacts(store, segment.span), unit);
    while (next < standing.length && standing[next].x1 <= from) next++;
    let last = next;
    while (last < standing.length && standing[last].x0 < to) last++;
    const inside = standing.slice(next, last);
    // On what shows that it runs; only when that is too narrow on what shows why it does not.
    const place = { from, to, names, span: segment.span };
    if (!nameRunning(sheet, inside.filter(isWholeRun), place)) nameOthers(sheet, inside, place);
  }
}

/** A name, and the pixels in which it may stand. */
interface NamePlace {
  readonly from: number;
  readonly to: number;
  readonly names: readonly string[];
  readonly span: SpanReference;
}

function isWholeRun(bar: Bar): boolean {
  return bar.form === 'running' && bar.shares === undefined;
}

/** True when there was room for the name on any of the bars. */
function nameRunning(sheet: Sheet, bars: readonly Bar[], { from, to, names, span }: NamePlace): boolean {
  let named = Number.NEGATIVE_INFINITY;
  for (const bar of bars) {
    const left = Math.max(bar.x0, from);
    const right = Math.min(bar.x1, to);
    if (right - left < NAMED_FROM_PIXELS || left < named + NAMED_AGAIN_PIXELS) continue;
    const edge = Math.min(bar.x1, sheet.view.width);
    const isWhole = left <= Math.max(0, bar.x0) + SAME_PIXELS && right >= edge - SAME_PIXELS;
    if (isWhole && bar.text !== '') continue;
    // A function that begins or ends within a bar gets one of its own over it, which shows where.
    const target = isWhole ? bar : sheet.addPart(bar, left, right, span);
    sheet.putText(target, names);
    if (target.text !== '') named = left;
  }
  return named > Number.NEGATIVE_INFINITY;
}

/** On thin bars and on merged ones, where no wait says something already. */
function nameOthers(sheet: Sheet, bars: readonly Bar[], { from, to, names }: NamePlace): void {
  let named = Number.NEGATIVE_INFINITY;
  let free = from;
  for (const [i, bar] of bars.entries()) {
    if (isWait(bar)) {
      free = Math.max(free, bar.x1);
      continue;
    }
    const wait = bars.slice(i + 1, i + 9).find(isWait);
    const left = Math.max(bar.x0, free);
    const right = Math.min(bar.x1, to, wait?.x0 ?? to);
    const isFree = bar.text === '' && !isWholeRun(bar) && right - left >= NAMED_FROM_PIXELS;
    if (!isFree || left < named + NAMED_AGAIN_PIXELS) continue;
    sheet.putText(bar, names, left, right);
    if (bar.text !== '') named = left;
  }
}

function isWait(bar: Bar): boolean {
  return bar.form === 'waiting' || bar.form === 'idle';
}

/** One depth of calls below an opened lane. */
export function addFunctionRow(sheet: Sheet, levels: FunctionLevels, home: number, depth: number, index: number): void {
  const { store } = sheet;
  const { unit, site } = store.spans.columns;
  const place = { top: LANE_HEIGHT + depth * FUNCTION_ROW_HEIGHT, height: FUNCTION_ROW_HEIGHT - 2 };
  const track = levels.tracks[depth];
  for (const piece of sheet.pieces(track)) {
    const row = track?.rows[piece.first] ?? 0;
    const one = isOne(piece);
    const source: Source = one ? { kind: 'span', row } : merged('function call', piece);
    const count = piece.last - piece.first;
    const colour = colourOf(store, unit[row]);
    const bar = sheet.add({ form: 'function', ...piece, lane: index, colour, source, count, place });
    if (!sheet.hasRoom(bar)) continue;
    sheet.putText(bar, one ? spanNames(store, site[row], unit[row], home) : [countWords(count, 'call')]);
  }
  const open = levels.open.get(depth);
  if (!open || open.start >= sheet.end) return;
  const source: Source = { kind: 'openSpan', span: open };
  const colour = colourOf(store, open.unit);
  const bar = sheet.add({ form: 'function', from: open.start, to: sheet.end, lane: index, colour, source, place });
  sheet.putText(bar, spanNames(store, open.site, open.unit, home));
}

function spanFacts(store: Store, span: Extract<Source, { kind: 'span' | 'openSpan' }>): [site: number, unit: number] {
  if (span.kind === 'openSpan') return [span.span.site, span.span.unit];
  const { site, unit } = store.spans.columns;
  return [site[span.row], unit[span.row]];
}

/** What a span is called in the lane of `home`, long and short: its function, else the task whose step it is. */
function spanNames(store: Store, reference: number, unit: number, home: number): readonly string[] {
  const site = store.site(reference);
  if (site && site.function !== '') return [functionWords(site), shortFunctionWords(site)];
  return [unit === home ? store.units[unit]?.function || 'step' : nameOf(store, unit)];
}
