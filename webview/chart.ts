/** The chart: which lanes are in view, what is drawn in them, and what is under a point. */

import { buildLanes, LANE_HEIGHT, type Lane, type LaneChoices, laneAt, lanesByUnit, lanesHeight } from './lanes';
import { type Bar, layout, type View } from './layout';
import { type Load, loadOf } from './load';
import { arrowOf, framesOf } from './marks';
import { Painter } from './paint';
import { callsAt, type Selection, selectionOf, stretchOf } from './selection';
import type { Store } from './store';
import type { Theme } from './theme';

export interface ChartState {
  readonly view: View;
  readonly now: number;
  /** The program runs: a line shows where now is. */
  readonly isLive: boolean;
  readonly ticks: readonly number[];
  readonly scrollTop: number;
  readonly height: number;
  readonly selection: Selection | undefined;
  readonly hovered: Selection | undefined;
  readonly focusedLane: string;
  /** NaN when the pointer is elsewhere. */
  readonly cursorX: number;
  readonly theme: Theme;
}

/** A column of the band has so many pixels. */
const BAND_PIXELS = 4;

export class Chart {
  lanes: readonly Lane[] = [];
  bars: readonly Bar[] = [];
  /** Lanes [first, last) are in view. */
  first = 0;
  last = 0;
  laneOfUnit: (unit: number) => number = () => -1;
  private readonly painter: Painter;
  private readonly characterWidth = 6;
  private lanesKey = '';
  private load: Load | undefined;
  private loadKey = '';

  constructor(
    canvas: HTMLCanvasElement,
    private readonly store: Store,
  ) {
    this.painter = new Painter(canvas);
  }

  /** Finds out which lanes there are, when that may have changed. True when they did. */
  arrange(choices: LaneChoices, choicesVersion: number): boolean {
    const { store } = this;
    // Opened lanes grow as calls nest deeper, which no unit tells.
    const depths = [...choices.toggled.values()].some(Boolean) ? store.version : 0;
    const key = `${store.unitVersion} ${choicesVersion} ${depths} ${store.cores.source} ${store.coreTracks.length}`;
    if (key === this.lanesKey) return false;
    this.lanesKey = key;
    this.lanes = buildLanes(store, choices);
    this.laneOfUnit = lanesByUnit(store, this.lanes);
    return true;
  }

  get height(): number {
    return lanesHeight(this.lanes);
  }

  draw(state: ChartState): void {
    const { store, lanes } = this;
    const { view, now, scrollTop, height } = state;
    this.first = Math.max(0, laneAt(lanes, scrollTop));
    const below = laneAt(lanes, scrollTop + height);
    this.last = below < 0 ? lanes.length : below + 1;
    this.bars = layout({
      store,
      lanes,
      first: this.first,
      last: this.last,
      view,
      now,
      characterWidth: this.characterWidth,
    });
    const x = (time: number): number => ((time - view.from) / (view.to - view.from)) * view.width;
    const place = { store, lanes, laneOfUnit: this.laneOfUnit, x, scrollTop, now };
    const frames = framesOf(place, state.selection, 'selected');
    const arrows = [arrowOf(place, state.selection, true), arrowOf(place, state.hovered, false)].filter(
      (arrow) => arrow !== undefined,
    );
    const load = this.loadInView(state);
    this.painter.paint({
      theme: state.theme,
      width: view.width,
      height,
      ratio: devicePixelRatio || 1,
      scrollTop,
      lanes,
      first: this.first,
      last: this.last,
      bars: this.bars,
      ticks: state.ticks,
      selectedLane: lanes.findIndex((lane) => lane.key === state.focusedLane),
      frames,
      arrows,
      cursorX: state.cursorX,
      nowX: state.isLive && now <= view.to ? x(now) : Number.NaN,
      shift: -((view.from / (view.to - view.from)) * view.width) % 7000,
      load,
      loadX0: load ? x(load.from) : 0,
      loadX1: load ? x(load.to) : 0,
      loadTop: Math.max(store.cores.count, 1, ...(load ? load.running.map((value, i) => value + load.wanting[i]) : [])),
    });
  }

  /** What is at a point of the canvas; the innermost call where a bar shows that its thread runs. */
  hit(x: number, y: number, state: ChartState): { selection: Selection | undefined; lane: Lane | undefined } {
    const top = y + state.scrollTop;
    const index = laneAt(this.lanes, top);
    const lane = this.lanes[index];
    if (!lane) return { selection: undefined, lane: undefined };
    const within = top - lane.top;
    let best: Bar | undefined;
    for (const bar of this.bars) {
      if (bar.lane !== index || x < bar.x0 - 1 || x > bar.x1 + 1) continue;
      const isThin = bar.height < 8;
      if (within < bar.top - (isThin ? 7 : 2) || within > bar.top + bar.height + (isThin ? 7 : 2)) continue;
      // Later bars lie above earlier ones; that a unit lives is below all.
      if (!best || bar.form !== 'alive') best = bar;
    }
    if (!best) return { selection: undefined, lane };
    const nanosPerPixel = (state.view.to - state.view.from) / state.view.width;
    const runs = best.form === 'running' && (lane.kind === 'thread' || lane.kind === 'task' || lane.kind === 'job');
    if (runs && best.count === 1) {
      const call = callsAt(this.store, lane.unit, state.view.from + x * nanosPerPixel).find(
        (candidate) =>
          ((Number.isNaN(candidate.end) ? state.now : candidate.end) - candidate.start) / nanosPerPixel >= 12,
      );
      if (call)
        return {
          selection: { kind: 'span', unit: call.unit, thread: call.thread, depth: call.depth, start: call.start },
          lane,
        };
    }
    return { selection: selectionOf(this.store, best.source), lane };
  }

  /** The bar after the selected one in a lane, or before it; the first or last in view when none is selected there. */
  neighbour(
    index: number,
    selection: Selection | undefined,
    direction: 1 | -1,
    state: ChartState | undefined,
  ): Selection | undefined {
    if (!state) return undefined;
    const lane = this.lanes[index];
    const stretch = selection && selection.kind !== 'unit' ? stretchOf(this.store, selection, state.now) : undefined;
    const nanosPerPixel = (state.view.to - state.view.from) / state.view.width;
    const isNext = (bar: Bar): boolean => {
      if (bar.form === 'alive' || bar.form === 'mark' || bar.top >= LANE_HEIGHT) return false;
      if (!stretch) return true;
      const from = state.view.from + bar.x0 * nanosPerPixel;
      const to = state.view.from + bar.x1 * nanosPerPixel;
      // Half a pixel: what pixels are made of is not exact to the nanosecond.
      return direction > 0 ? from >= stretch.to - nanosPerPixel / 2 : to <= stretch.from + nanosPerPixel / 2;
    };
    const shift = (state.view.to - state.view.from) * 0.8 * direction;
    const further = { ...state.view, from: state.view.from + shift, to: state.view.to + shift };
    // In view first, then as much again beyond its edge.
    for (const view of [state.view, further]) {
      const all = layout({
        store: this.store,
        lanes: this.lanes,
        first: index,
        last: index + 1,
        view,
        now: state.now,
        characterWidth: this.characterWidth,
      });
      const bars = all
        .filter((bar) => isNext(view === state.view ? bar : moved(bar, shift / nanosPerPixel)))
        .sort((a, b) => (a.x0 - b.x0) * direction);
      const bar = bars[0];
      if (!bar) continue;
      const middle = {
        x: (Math.max(bar.x0, 0) + Math.min(bar.x1, view.width)) / 2,
        y: lane.top + bar.top + bar.height / 2 - state.scrollTop,
      };
      return (
        (view === state.view ? this.hit(middle.x, middle.y, state).selection : undefined) ??
        selectionOf(this.store, bar.source)
      );
    }
    return undefined;
  }

  /** The band's columns: of equal time and counted from zero, so that they stand still on the run while it glides. */
  private loadInView({ view, now }: ChartState): Load | undefined {
    const { store } = this;
    const inView = this.lanes.slice(this.first, this.last).some((lane) => lane.kind === 'band');
    if (!inView) return undefined;
    const wanted = ((view.to - view.from) / view.width) * BAND_PIXELS;
    const part = 2 ** Math.ceil(Math.log2(Math.max(wanted, 1)));
    const from = Math.floor(Math.max(0, view.from) / part) * part;
    const to = Math.ceil(Math.min(view.to, now) / part) * part;
    if (to <= from) return undefined;
    const key = `${store.version} ${from} ${to} ${part}`;
    if (key !== this.loadKey) {
      this.load = loadOf(store, from, to, Math.round((to - from) / part), now);
      this.loadKey = key;
    }
    return this.load;
  }
}

function moved(bar: Bar, pixels: number): Bar {
  return { ...bar, x0: bar.x0 + pixels, x1: bar.x1 + pixels };
}
