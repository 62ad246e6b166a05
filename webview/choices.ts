/** What the user has chosen: the selection, the lane at which the keys are, and which lanes are open. */
import type { Chart, ChartState } from './chart';
import { describe } from './describe';
import { findingOf, momentsOf } from './findings';
import { laneId } from './laneNames';
import { type Arrangement, AS_BUILT } from './laneOrder/arrangement';
import type { Lane } from './lanes';
import type { ObjectSort } from './objects/objectUse';
import type { Panel } from './panel';
import { type Selection, stretchOf } from './selection';
import type { Store } from './store';
import type { TimeWindow } from './timeWindow';

/** Shorter than this part of the window a stretch is zoomed to when it is jumped to, else one would not see it. */
const TINY_PART = 0.005;

export class Choices {
  selection: Selection | undefined;
  /** Key of the lane at which the keys are, '' for none. */
  lane = '';
  /** What was opened or closed, by lane key. */
  readonly toggled = new Map<string, boolean>();
  /** Which lanes are shown in which order. */
  arrangement: Arrangement = AS_BUILT;
  objectSort: ObjectSort = 'waiting';
  /** Rises with each change of `toggled` and `arrangement`. */
  version = 0;
  /** The picture as it was drawn last. */
  drawn: ChartState | undefined;
  /** When the bar begins at which the keys are, NaN when they are at the lane as a whole. */
  private barFrom = Number.NaN;

  constructor(
    private readonly panel: Pick<Panel, 'names' | 'body' | 'announcer'>,
    private readonly store: Store,
    private readonly chart: Chart,
    private readonly time: TimeWindow,
    /** Called after each change. */
    private readonly changed: () => void,
  ) {}

  /** Units that must not be folded away. */
  get kept(): ReadonlySet<number> {
    const { selection, store } = this;
    if (selection?.kind === 'finding') {
      const finding = findingOf(store, selection.id);
      return new Set(finding ? momentsOf(finding).map(({ unit }) => unit) : []);
    }
    const unit = (selection && stretchOf(store, selection, this.now))?.unit ?? -1;
    return new Set(unit >= 0 ? [unit] : []);
  }

  get now(): number {
    return this.drawn?.now ?? this.store.now;
  }

  /** Another run begins: what was chosen in the last one means nothing. */
  forget(): void {
    this.selection = undefined;
    this.lane = '';
    this.barFrom = Number.NaN;
    this.toggled.clear();
    this.arrangement = AS_BUILT;
    this.version++;
  }

  /** Shows other lanes, or in another order. */
  arrange(part: Partial<Arrangement>): void {
    this.arrangement = { ...this.arrangement, ...part };
    this.version++;
    this.changed();
  }

  select(selection: Selection | undefined, lane: string, barFrom = Number.NaN): void {
    this.selection = selection;
    this.lane = lane;
    this.barFrom = barFrom;
    if (lane) this.panel.names.setAttribute('aria-activedescendant', laneId(lane));
    else this.panel.names.removeAttribute('aria-activedescendant');
    this.say(selection ? this.wordsOf(selection) : '');
    this.changed();
  }

  /** A lane by itself: its unit. */
  selectLane(lane: Lane): void {
    const isUnit = lane.unit >= 0 && lane.kind !== 'core' && lane.kind !== 'folded';
    const own: Selection | undefined = lane.object === undefined ? undefined : { kind: 'object', object: lane.object };
    this.select(isUnit ? { kind: 'unit', unit: lane.unit } : own, lane.key);
    const opens = lane.open === undefined ? '' : lane.open ? ', open' : ', closed';
    if (!isUnit && !own) this.say(`${lane.name}${opens}`);
  }

  toggle(lane: Lane): void {
    this.toggled.set(lane.key, !lane.open);
    this.version++;
    this.lane = lane.key;
    this.say(`${lane.name}, ${lane.open ? 'closed' : 'open'}`);
    this.changed();
  }

  toggleLane(): void {
    const lane = this.chart.lanes.find((candidate) => candidate.key === this.lane);
    if (lane && lane.open !== undefined) this.toggle(lane);
  }

  /** To the next bar of the lane, or the one before. */
  step(direction: 1 | -1): void {
    const index = this.chart.lanes.findIndex((lane) => lane.key === this.lane);
    if (index < 0) return this.stepLanes(1);
    const next = this.drawn && this.chart.neighbour(index, this.barFrom, direction, this.drawn);
    if (!next) return;
    this.select(next.selection, this.lane, next.from);
    const stretch = stretchOf(this.store, next.selection, this.now);
    if (stretch && this.isOutside(stretch)) this.show(stretch);
  }

  stepLanes(by: number): void {
    const { lanes } = this.chart;
    if (lanes.length === 0) return;
    const at = lanes.findIndex((lane) => lane.key === this.lane);
    const next = at < 0 ? 0 : Math.max(0, Math.min(lanes.length - 1, at + by));
    this.selectLane(lanes[next]);
    this.bringIntoView(lanes[next]);
  }

  /** Selects something that may be out of sight, and shows it. */
  jump(selection: Selection): void {
    const stretch = stretchOf(this.store, selection, this.now);
    // A finding without a moment of the run is told in words alone.
    if (!stretch && selection.kind === 'finding') this.select(selection, this.lane);
    if (!stretch) return;
    if (this.laneOf(stretch.unit)?.unit !== stretch.unit) this.reveal(selection);
    const lane = this.laneOf(stretch.unit);
    this.select(selection, lane?.key ?? '');
    if (lane) this.bringIntoView(lane);
    // Its marks are seen at any scale; how they lie to each other only when they are apart.
    if (selection.kind === 'finding' && stretch.from === stretch.to && !this.isOutside(stretch)) return;
    const isTiny = (stretch.to - stretch.from) / this.time.length < TINY_PART;
    if (isTiny || this.isOutside(stretch)) this.show(stretch);
  }

  zoomToSelection(): void {
    const stretch = this.selection && stretchOf(this.store, this.selection, this.now);
    if (stretch) this.show(stretch);
  }

  /** The middle of what is selected, as far as it is in view; NaN when it is not. */
  middle(): number {
    const { from, to } = this.time;
    const stretch = this.selection && stretchOf(this.store, this.selection, this.now);
    if (!stretch || this.isOutside(stretch)) return Number.NaN;
    return (Math.max(stretch.from, from) + Math.min(stretch.to, to)) / 2;
  }

  private laneOf(unit: number): Lane | undefined {
    return this.chart.lanes[this.chart.laneOfUnit(unit)];
  }

  /** What is selected has a lane, though it was folded away or hidden. */
  private reveal(selection: Selection): void {
    this.selection = selection;
    this.version++;
    this.chart.arrange(this, this.version);
  }

  private isOutside(stretch: { from: number; to: number }): boolean {
    return stretch.to < this.time.from || stretch.from > this.time.to;
  }

  private show({ from, to }: { from: number; to: number }): void {
    const margin = Math.max((to - from) * 0.4, 1000);
    this.time.glideTo(from - margin, to + margin);
    this.changed();
  }

  private bringIntoView(lane: Lane): void {
    const { body } = this.panel;
    const bottom = lane.top + lane.height;
    if (lane.top < body.scrollTop) body.scrollTop = lane.top;
    else if (bottom > body.scrollTop + body.clientHeight) body.scrollTop = bottom - body.clientHeight;
  }

  private wordsOf(selection: Selection): string {
    const description = describe(this.store, selection, this.now);
    if (!description) return '';
    const facts = description.facts.slice(0, 3).map(({ parts }) => {
      return parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');
    });
    return [description.title, ...facts].join('. ');
  }

  private say(words: string): void {
    this.panel.announcer.textContent = words;
  }
}
