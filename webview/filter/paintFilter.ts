/** Which stretches of the lanes in view a filter leaves: the rest is drawn pale. */
import type { Bar, Source, View } from '../bars';
import type { Surface } from '../feature';
import { isUnitLane } from '../laneOrder/arrangement';
import { FUNCTION_ROW_HEIGHT, LANE_HEIGHT, type Lane } from '../lanes';
import { type MarkedRows, stripsOf } from '../markedRows';
import { MERGED_BELOW_PIXELS } from '../pieces';
import { spanOfRow, waitOfRow } from '../selection';
import type { Store } from '../store';
import { common, joined, rest, type Strip, VEIL } from '../strips';
import { type FilterState, STATES } from './filterState';

export interface Filtered {
  readonly store: Store;
  readonly filter: FilterState;
  /** Calls in the files that are meant, where some are. */
  readonly calls: MarkedRows | undefined;
}

export interface Picture {
  readonly lanes: readonly Lane[];
  readonly first: number;
  readonly last: number;
  readonly bars: readonly Bar[];
  readonly view: View;
  readonly now: number;
}

/** Stretches of a row of a lane that are left, in order. */
export interface RowLeft {
  readonly lane: number;
  /** Pixels from the top of the lane. */
  readonly top: number;
  readonly height: number;
  readonly left: readonly Strip[];
}

export function rowsLeft({ store, filter, calls }: Filtered, picture: Picture): RowLeft[] {
  const { view, lanes, now } = picture;
  const nanosPerPixel = (view.to - view.from) / view.width;
  const byLane = barsByLane(picture);
  const forms = new Set<string>([...filter.states].flatMap((state) => STATES[state].forms));
  const whole: Strip[] = [{ from: -2, to: view.width + 2 }];
  const rows: RowLeft[] = [];
  for (let index = picture.first; index < picture.last; index++) {
    const lane = lanes[index];
    if (!isUnitLane(lane)) continue;
    const bars = byLane.get(index) ?? [];
    const levels = calls && stripsOf(calls, store, lane.unit, view, now).calls;
    const inFiles = levels ? joined(levels.flatMap((level) => level ?? [])) : whole;
    const standing = bars.filter(({ form }) =>
      forms.size > 0 ? forms.has(form) : form !== 'alive' && form !== 'function',
    );
    const isLong = (bar: Bar): boolean => isAtLeast(store, bar, filter.shortest, nanosPerPixel, now);
    const stands = forms.size > 0 || filter.shortest > 0 ? stripsOfBars(standing.filter(isLong)) : whole;
    rows.push({ lane: index, top: 2, height: LANE_HEIGHT - 4, left: common(stands, inFiles) });
    for (let depth = 0; depth < lane.functionRows; depth++) {
      const top = LANE_HEIGHT + depth * FUNCTION_ROW_HEIGHT;
      const row = bars.filter((bar) => bar.form === 'function' && bar.top === top);
      const long = filter.shortest > 0 ? stripsOfBars(row.filter(isLong)) : whole;
      // A state is no call's: that filter leaves all of them.
      const meant = levels && store.unitSpans[lane.unit]?.[depth] ? joined(levels[depth] ?? []) : whole;
      rows.push({ lane: index, top: top - 1, height: FUNCTION_ROW_HEIGHT, left: common(long, meant) });
    }
  }
  return rows;
}

export function paintRest(
  { context, theme, width }: Surface,
  rows: readonly RowLeft[],
  lanes: readonly Lane[],
  scrollTop: number,
): void {
  context.fillStyle = theme.background;
  context.globalAlpha = VEIL;
  for (const { lane, top, height, left } of rows) {
    const y = lanes[lane].top - scrollTop + top;
    for (const { from, to } of rest(left, width)) context.fillRect(from, y, to - from, height);
  }
  context.globalAlpha = 1;
}

export function barsByLane({ bars }: Pick<Picture, 'bars'>): Map<number, Bar[]> {
  const byLane = new Map<number, Bar[]>();
  for (const bar of bars) {
    const known = byLane.get(bar.lane);
    if (known) known.push(bar);
    else byLane.set(bar.lane, [bar]);
  }
  return byLane;
}

export function stripsOfBars(bars: readonly Bar[]): Strip[] {
  return joined(bars.map(({ x0, x1 }) => ({ from: x0, to: x1 })));
}

/** Many short ones in one bar may be as long as they can be without being told apart. */
function isAtLeast(store: Store, bar: Bar, shortest: number, nanosPerPixel: number, now: number): boolean {
  if (bar.count > 1) return MERGED_BELOW_PIXELS * nanosPerPixel >= shortest;
  return lengthOf(store, bar.source, now) >= shortest;
}

function lengthOf(store: Store, source: Source, now: number): number {
  const long = (start: number, end: number): number => (Number.isNaN(end) ? now : end) - start;
  switch (source.kind) {
    case 'wait': {
      const { start, end } = waitOfRow(store, source.row);
      return long(start, end);
    }
    case 'span': {
      const { start, end } = spanOfRow(store, source.row);
      return long(start, end);
    }
    case 'openWait':
      return long(source.wait.start, source.wait.end);
    case 'openSpan':
    case 'openCore':
      return now - source.span.start;
    case 'state':
    case 'merged':
      return long(source.from, source.to);
    default:
      return Number.POSITIVE_INFINITY;
  }
}
