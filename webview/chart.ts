/** The chart: which lanes are in view, what is drawn in them, and what is under a point. */

import type { Bar, Form, View } from './bars';
import type { Description } from './describe';
import { type FindingMark, findingAt, findingLinks, findingMarks } from './findingMarks';
import { findingOf } from './findings';
import { type ArrangedLanes, type Arrangement, arrangeLanes } from './laneOrder/arrangement';
import { laneFacts } from './laneOrder/facts';
import { buildLanes, LANE_HEIGHT, type Lane, type LaneChoices, laneAt, lanesByUnit, lanesHeight } from './lanes';
import { layout } from './layout';
import { type Load, loadOf } from './load';
import { arrowOf, framesOf } from './marks';
import { describeStanding } from './objects/bandWords';
import { hasObjects } from './objects/objectLanes';
import { Painter } from './paint';
import { callsAt, type Selection, type Span, selectionOf } from './selection';
import type { Store } from './store';
import type { Theme } from './theme';

/** What the user chose about lanes. */
export interface ShownLanes extends LaneChoices {
  readonly arrangement: Arrangement;
}

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
  /** Draws over the bars, below all marks. */
  readonly overBars?: () => void;
}

export interface Hit {
  readonly selection: Selection | undefined;
  readonly lane: Lane | undefined;
  /** When the bar begins, NaN without one. */
  readonly from: number;
}

/** Forms at which the keys stop on their way through a lane. */
const STOPS: ReadonlySet<Form> = new Set<Form>(['running', 'ready', 'gil', 'blocked', 'waiting', 'idle', 'queued']);
/** A narrower call is not what one points at. */
const MEANT_FROM_PIXELS = 12;
/** A column of the band has so many pixels. */
const BAND_PIXELS = 4;

export class Chart {
  arranged: ArrangedLanes = { lanes: [], all: 0, left: 0 };
  bars: readonly Bar[] = [];
  /** Lanes [first, last) are in view. */
  first = 0;
  last = 0;
  laneOfUnit: (unit: number) => number = () => -1;
  private readonly painter: Painter;
  private readonly characterWidth = 6;
  private lanesKey = '';
  private choicesVersion = -1;
  /** When lanes were arranged last, and how long that took, in milliseconds. */
  private arrangedAt = 0;
  private arrangedFor = 0;
  private findingMarks: readonly FindingMark[] = [];
  private load: Load | undefined;
  private loadKey = '';

  constructor(
    canvas: HTMLCanvasElement,
    private readonly store: Store,
  ) {
    this.painter = new Painter(canvas);
  }

  /** Finds out which lanes there are, when that may have changed. Postponed: it has, and is to be asked again soon. */
  arrange(choices: ShownLanes, choicesVersion: number): 'same' | 'arranged' | 'postponed' {
    const { store } = this;
    // Opened lanes grow as calls nest deeper, which no unit tells.
    const depths = [...choices.toggled.values()].some(Boolean) ? store.version : 0;
    const { arrangement, kept } = choices;
    const hides = arrangement.hidden.size + arrangement.conditions.size > 0;
    const shown = `${choicesVersion} ${depths} ${hides ? [...kept] : ''}`;
    const key = `${store.unitVersion} ${shown} ${store.cores.source} ${store.coreTracks.length} ${hasObjects(store)}`;
    if (key === this.lanesKey) return 'same';
    // With very many units this takes longer than a frame; then it is done less often, so that the picture still moves.
    const begun = performance.now();
    const isAsked = choicesVersion !== this.choicesVersion;
    if (!isAsked && begun < this.arrangedAt + this.arrangedFor * 8) return 'postponed';
    this.lanesKey = key;
    this.choicesVersion = choicesVersion;
    this.arranged = arrangeLanes(buildLanes(store, choices), arrangement, laneFacts(store, kept));
    this.laneOfUnit = lanesByUnit(store, this.lanes);
    this.arrangedAt = performance.now();
    this.arrangedFor = this.arrangedAt - begun;
    return 'arranged';
  }

  get lanes(): readonly Lane[] {
    return this.arranged.lanes;
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
    const shownFinding = state.selection?.kind === 'finding' ? state.selection.id : undefined;
    const hoveredFinding = state.hovered?.kind === 'finding' ? state.hovered.id : undefined;
    this.findingMarks = findingMarks(place, view.width, height, shownFinding);
    const links = [shownFinding, hoveredFinding === shownFinding ? undefined : hoveredFinding].flatMap((id) =>
      id === undefined ? [] : findingLinks(place, findingOf(store, id)),
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
      links,
      findingMarks: this.findingMarks,
      cursorX: state.cursorX,
      overBars: state.overBars,
      nowX: state.isLive && now <= view.to ? x(now) : Number.NaN,
      shift: -((view.from / (view.to - view.from)) * view.width) % 7000,
      load,
      loadX0: load ? x(load.from) : 0,
      loadX1: load ? x(load.to) : 0,
      loadTop: Math.max(store.cores.count, 1, ...(load ? load.running.map((value, i) => value + load.wanting[i]) : [])),
    });
  }

  /** What is at a point of the canvas; the innermost call where a bar shows that its thread runs. */
  hit(x: number, y: number, state: ChartState): Hit {
    const top = y + state.scrollTop;
    const index = laneAt(this.lanes, top);
    const lane = this.lanes[index];
    if (!lane) return { selection: undefined, lane: undefined, from: Number.NaN };
    const finding = findingAt(this.findingMarks, x, y);
    if (finding !== undefined) {
      return { selection: { kind: 'finding', id: finding }, lane, from: Number.NaN };
    }
    const within = top - lane.top;
    let best: Bar | undefined;
    for (const bar of this.bars) {
      if (bar.lane !== index || x < bar.x0 - 1 || x > bar.x1 + 1) continue;
      const isThin = bar.height < 8;
      if (within < bar.top - (isThin ? 7 : 2) || within > bar.top + bar.height + (isThin ? 7 : 2)) continue;
      // Later bars lie above earlier ones; that a unit lives is below all.
      if (!best || bar.form !== 'alive') best = bar;
    }
    if (!best) return { selection: undefined, lane, from: Number.NaN };
    const nanosPerPixel = (state.view.to - state.view.from) / state.view.width;
    const selection = this.innermost(best, lane, state.view.from + x * nanosPerPixel, nanosPerPixel, state.now);
    return { selection, lane, from: state.view.from + best.x0 * nanosPerPixel };
  }

  /**
   * The bar of a lane that begins next after a time, or last before it; with NaN the first or last one in view. Looked
   * for in view and then as much again beyond its edge.
   */
  neighbour(
    index: number,
    after: number,
    direction: 1 | -1,
    state: ChartState,
  ): { selection: Selection; from: number } | undefined {
    const { store, lanes, characterWidth } = this;
    const { view, now } = state;
    const length = view.to - view.from;
    const nanosPerPixel = length / view.width;
    for (const shift of [0, length * 0.8 * direction]) {
      const shifted = { ...view, from: view.from + shift, to: view.to + shift };
      const time = (bar: Bar): number => shifted.from + bar.x0 * nanosPerPixel;
      // Half a pixel, since what comes from pixels is not exact to the nanosecond.
      const isNext = (bar: Bar): boolean => Number.isNaN(after) || (time(bar) - after) * direction > nanosPerPixel / 2;
      const bar = layout({ store, lanes, first: index, last: index + 1, view: shifted, now, characterWidth })
        .filter((candidate) => STOPS.has(candidate.form) && candidate.top < LANE_HEIGHT && isNext(candidate))
        .sort((a, b) => (a.x0 - b.x0) * direction)[0];
      if (!bar) continue;
      const middle = (Math.max(bar.x0, 0) + Math.min(bar.x1, view.width)) / 2;
      return {
        selection: this.innermost(bar, lanes[index], shifted.from + middle * nanosPerPixel, nanosPerPixel, now),
        from: time(bar),
      };
    }
    return undefined;
  }

  /** What a bar stands for; where it shows that its thread runs, the innermost call that is wide enough to be meant. */
  private innermost(bar: Bar, lane: Lane, time: number, nanosPerPixel: number, now: number): Selection {
    const isUnits = lane.kind === 'thread' || lane.kind === 'task' || lane.kind === 'job';
    if (bar.form === 'running' && isUnits && bar.count === 1) {
      const width = (call: Span): number => ((Number.isNaN(call.end) ? now : call.end) - call.start) / nanosPerPixel;
      const call = callsAt(this.store, lane.unit, time).find((candidate) => width(candidate) >= MEANT_FROM_PIXELS);
      if (call) return { kind: 'span', unit: call.unit, thread: call.thread, depth: call.depth, start: call.start };
    }
    return selectionOf(this.store, bar.source);
  }

  /** How many threads ran at a time, and how many wanted to; undefined where none did. */
  loadAt(time: number): Description | undefined {
    const { load, store } = this;
    return load && describeStanding(store, time, (load.to - load.from) / load.running.length);
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
