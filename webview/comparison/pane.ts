/** One of the runs: its lanes, drawn in the window of time that all of them share. */
import { unitPaths } from '../../common/analysis/unitPaths';
import type { ComparedRun } from '../../common/comparison';
import type { Site } from '../../common/trace';
import type { View } from '../bars';
import { Chart, type ChartState } from '../chart';
import { Choices } from '../choices';
import { describe } from '../describe';
import { button, element, setText } from '../dom';
import { addGestures } from '../gestures';
import { LaneNames } from '../laneNames';
import type { Lane } from '../lanes';
import type { Selection } from '../selection';
import { Store } from '../store';
import type { Theme } from '../theme';
import { durationText } from '../timeText';
import type { TimeWindow } from '../timeWindow';
import type { Tooltip } from '../tooltip';

export interface PaneCallbacks {
  changed(): void;
  /** What is at hand in this pane from now on is what keys are about. */
  entered(): void;
  opened(site: Site): void;
  openedWhole(): void;
}

export class Pane {
  readonly root: HTMLElement;
  readonly store = new Store();
  readonly choices: Choices;
  private readonly chart: Chart;
  private readonly names: LaneNames;
  private readonly canvas = element('canvas', 'chart');
  private readonly nameColumn = element('div', 'names');
  private readonly lanes = element('div', 'lanes', this.nameColumn, this.canvas);
  private readonly body = element('div', 'body', this.lanes);
  private readonly title: HTMLButtonElement;
  private readonly note = element('span', 'hint');
  private pointer: MouseEvent | undefined;
  private hovered: Selection | undefined;
  private paths: readonly string[] = [];
  private pathsVersion = -1;

  constructor(
    announcer: HTMLElement,
    private readonly time: TimeWindow,
    private readonly tooltip: Tooltip,
    private readonly callbacks: PaneCallbacks,
  ) {
    this.title = button('link', '', 'Show this run in a timeline of its own', () => callbacks.openedWhole());
    const head = element('div', 'pane-head', this.title, this.note);
    this.root = element('section', 'pane', head, this.body);
    this.nameColumn.tabIndex = 0;
    this.nameColumn.setAttribute('role', 'tree');
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'application');
    this.canvas.setAttribute('aria-roledescription', 'timeline');
    this.body.tabIndex = -1;
    this.chart = new Chart(this.canvas, this.store);
    const panel = { names: this.nameColumn, body: this.body, announcer };
    this.choices = new Choices(panel, this.store, this.chart, time, () => callbacks.changed());
    this.names = new LaneNames(this.nameColumn, {
      toggled: (lane) => this.choices.toggle(lane),
      chosen: (lane) => this.choices.selectLane(lane),
    });
    addGestures(this.canvas, time, {
      moved: () => callbacks.changed(),
      scrolled: (pixels) => {
        this.body.scrollTop += pixels;
      },
    });
    this.listen();
  }

  /** The latest time of its run. */
  get now(): number {
    return this.store.now;
  }

  get isLive(): boolean {
    const { kind } = this.store.run.state;
    return this.store.version > 0 && (kind === 'running' || kind === 'starting');
  }

  get pointerX(): number {
    return this.pointer?.offsetX ?? Number.NaN;
  }

  get width(): number {
    return Math.max(1, this.canvas.clientWidth);
  }

  name({ title, note }: ComparedRun): void {
    setText(this.title, title);
    const wall = this.store.run.wallNs;
    setText(this.note, [wall === null ? '' : durationText(wall), note].filter(Boolean).join(', '));
    this.nameColumn.setAttribute('aria-label', `Lanes of ${title}`);
    this.canvas.setAttribute('aria-label', `Timeline of ${title}`);
  }

  draw(ticks: readonly number[], theme: Theme): void {
    const { chart, body, time } = this;
    chart.arrange(this.choices, this.choices.version);
    const height = body.clientHeight;
    this.lanes.style.height = `${Math.max(chart.height, height)}px`;
    this.canvas.style.height = `${height}px`;
    const view: View = { from: time.from, to: time.to, width: this.width };
    const state: ChartState = {
      view,
      now: this.now,
      isLive: this.isLive,
      ticks,
      height,
      scrollTop: body.scrollTop,
      selection: this.choices.selection,
      hovered: this.hovered,
      focusedLane: this.choices.lane,
      cursorX: this.pointerX,
      theme,
    };
    this.hover(state);
    this.choices.drawn = { ...state, hovered: this.hovered };
    chart.draw(this.choices.drawn);
    const shown = chart.lanes.slice(chart.first, chart.last);
    this.names.draw(this.store, shown, this.choices.lane, theme, this.now);
  }

  openSelected(): void {
    const { selection } = this.choices;
    const site = selection && describe(this.store, selection, this.now)?.site;
    if (site) this.callbacks.opened(site);
  }

  /** Names of the lane at which the keys are, from the process down; '' for none, or one that is no unit's. */
  get lanePath(): string {
    const lane = this.chart.lanes.find(({ key }) => key === this.choices.lane);
    return lane ? this.pathOf(lane) : '';
  }

  /** Goes to the lane of the same name, where there is one. */
  goTo(path: string): void {
    const lane = this.chart.lanes.find((candidate) => this.pathOf(candidate) === path);
    if (!lane || lane.key === this.choices.lane) return;
    this.choices.lane = lane.key;
    this.choices.selection = undefined;
    const { body } = this;
    if (lane.top < body.scrollTop || lane.top + lane.height > body.scrollTop + body.clientHeight) {
      body.scrollTop = Math.max(0, lane.top - body.clientHeight / 3);
    }
  }

  private pathOf(lane: Lane): string {
    if (this.pathsVersion !== this.store.unitVersion) {
      this.paths = unitPaths(this.store.units);
      this.pathsVersion = this.store.unitVersion;
    }
    const isUnit = lane.unit >= 0 && lane.kind !== 'core' && lane.kind !== 'folded';
    return isUnit ? `${lane.kind} ${this.paths[lane.unit] ?? ''}` : lane.key;
  }

  private hover(state: ChartState): void {
    const { pointer } = this;
    this.hovered = pointer && this.chart.hit(pointer.offsetX, pointer.offsetY, state).selection;
    this.canvas.classList.toggle('on-bar', this.hovered !== undefined);
    if (!pointer) return;
    const description = this.hovered && describe(this.store, this.hovered, this.now);
    if (description) this.tooltip.show(description, pointer.clientX, pointer.clientY);
    else this.tooltip.hide();
  }

  private listen(): void {
    const { canvas, body, callbacks } = this;
    this.root.addEventListener('focusin', () => callbacks.entered());
    body.addEventListener('scroll', () => callbacks.changed(), { passive: true });
    canvas.addEventListener('mousemove', (event) => {
      this.pointer = event;
      callbacks.changed();
    });
    canvas.addEventListener('mouseleave', () => {
      this.pointer = undefined;
      this.tooltip.hide();
      callbacks.changed();
    });
    canvas.addEventListener('mousedown', () => canvas.focus({ preventScroll: true }));
    canvas.addEventListener('click', (event) => {
      if (!this.choices.drawn) return;
      const { selection, lane, from } = this.chart.hit(event.offsetX, event.offsetY, this.choices.drawn);
      if (lane?.kind === 'folded') this.choices.toggle(lane);
      else this.choices.select(selection, lane?.key ?? '', from);
    });
    canvas.addEventListener('dblclick', () => this.openSelected());
  }
}
