/**
 * What the user does and what the picture then shows: selection, open lanes, window of time, and the frame in which all
 * is drawn again. A frame is asked for when something has changed, and one after the other while the program runs.
 */
import type { Site } from '../common/trace';
import { Axis } from './axis';
import { Chart, type ChartState } from './chart';
import { describe } from './describe';
import { Details } from './details';
import { addGestures, timeAt } from './gestures';
import { HeadLine } from './headLine';
import { Help } from './help';
import type { Host } from './host';
import { actionOf, type KeyAction } from './keyboard';
import { LaneNames, laneId } from './laneNames';
import type { Lane } from './lanes';
import { type Load, loadOf } from './load';
import { COLUMN_PIXELS, Minimap } from './minimap';
import { makeDividerMovable, setNamesWidth } from './nameColumn';
import type { Panel } from './panel';
import { RunClock } from './runClock';
import { type Selection, selectionAt, stretchOf } from './selection';
import type { Store } from './store';
import { mostWaitedObjects } from './summary';
import { onThemeChanged, readTheme, type Theme } from './theme';
import { durationText } from './timeText';
import { TimeWindow } from './timeWindow';
import { Toolbar } from './toolbar';
import { Tooltip } from './tooltip';
import { unitTable } from './unitTable';

/** What is kept of a view while its page is gone. */
interface Kept {
  readonly window?: readonly [number, number];
  readonly namesWidth?: number;
  readonly selection?: Selection;
  readonly focusedLane?: string;
  readonly toggled: readonly (readonly [string, boolean])[];
}

/** Figures and names need not change faster than one can read. */
const SLOW_MS = 250;

export class Controls {
  private readonly chart: Chart;
  private readonly axis: Axis;
  private readonly minimap: Minimap;
  private readonly names: LaneNames;
  private readonly details: Details;
  private readonly headLine: HeadLine;
  private readonly toolbar: Toolbar;
  private readonly tooltip: Tooltip;
  private readonly help: Help;
  private readonly time: TimeWindow;
  private readonly clock = new RunClock();
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');
  private theme: Theme;
  private selection: Selection | undefined;
  private hovered: Selection | undefined;
  private focusedLane = '';
  /** When the bar begins at which the keys are, NaN when they are at a lane as a whole. */
  private barFrom = Number.NaN;
  private pointer: { x: number; y: number; clientX: number; clientY: number } | undefined;
  private readonly toggled = new Map<string, boolean>();
  private choicesVersion = 0;
  private frameAsked = false;
  private state: ChartState | undefined;
  private wholeLoad: Load | undefined;
  private slowAt = Number.NEGATIVE_INFINITY;
  private slowTimer: ReturnType<typeof setTimeout> | undefined;
  private wasLive = false;
  private shownUntil = 0;
  private namesWidth: number | undefined;
  private keptText = '';

  constructor(
    private readonly panel: Panel,
    private readonly store: Store,
    private readonly host: Host,
  ) {
    const changed = (): void => this.askFrame();
    this.theme = readTheme(panel.chart.parentElement as HTMLElement);
    this.time = new TimeWindow(() => this.calm.matches);
    this.chart = new Chart(panel.chart, store);
    this.axis = new Axis(panel.axis, panel.showing);
    this.minimap = new Minimap(panel.minimap, this.time, changed);
    this.names = new LaneNames(panel.names, {
      toggled: (lane) => this.toggle(lane),
      chosen: (lane) => this.choose(lane),
    });
    this.details = new Details(panel.details, {
      opened: (site) => this.open(site),
      jumped: (unit, time) => this.jump(selectionAt(store, unit, time)),
      selected: (selection) => this.jump(selection),
    });
    this.headLine = new HeadLine(panel, (selection) => this.jump(selection));
    this.tooltip = new Tooltip(panel.tooltip);
    this.help = new Help(panel.help, panel.chart);
    makeDividerMovable(panel.divider, panel.chart, (width) => {
      this.namesWidth = width;
      changed();
    });
    this.toolbar = new Toolbar(panel.toolbar, host.isConnected, {
      command: (command) => host.post({ kind: 'command', command }),
      follow: () => this.act('follow'),
      fit: () => this.act('fit'),
      table: () => this.act('table'),
      help: () => this.act('help'),
    });
    addGestures(panel.chart, this.time, {
      moved: changed,
      scrolled: (pixels) => {
        panel.body.scrollTop += pixels;
      },
    });
    this.restore(host.kept);
    this.listen();
    this.slow(performance.now());
    this.askFrame();
  }

  /** The store has taken something in; with `reset` it was emptied before. */
  received(reset: boolean): void {
    if (reset && this.store.now < this.shownUntil) this.beginAnew();
    this.shownUntil = this.store.now;
    this.clock.received(this.store.now, this.isLive(), performance.now());
    this.askFrame();
  }

  /** The panel shows another run: what was chosen in the last one means nothing here. */
  private beginAnew(): void {
    this.selection = undefined;
    this.focusedLane = '';
    this.toggled.clear();
    this.choicesVersion++;
    this.wasLive = false;
    this.time.chosen = false;
    this.clock.forget();
  }

  private listen(): void {
    const { chart, body } = this.panel;
    const changed = (): void => this.askFrame();
    new ResizeObserver(changed).observe(body);
    body.addEventListener('scroll', changed, { passive: true });
    onThemeChanged(() => {
      this.theme = readTheme(chart.parentElement as HTMLElement);
      this.slowAt = Number.NEGATIVE_INFINITY;
      changed();
    });
    document.addEventListener('keydown', (event) => this.key(event));
    chart.addEventListener('mousemove', (event) => {
      this.pointer = { x: event.offsetX, y: event.offsetY, clientX: event.clientX, clientY: event.clientY };
      changed();
    });
    chart.addEventListener('mouseleave', () => {
      this.pointer = undefined;
      changed();
    });
    chart.addEventListener('mousedown', () => chart.focus({ preventScroll: true }));
    chart.addEventListener('click', (event) => this.click(event));
    chart.addEventListener('dblclick', (event) => this.doubleClick(event));
  }

  private isLive(): boolean {
    const { kind } = this.store.run.state;
    return kind === 'running' || kind === 'starting';
  }

  private askFrame(): void {
    if (this.frameAsked) return;
    this.frameAsked = true;
    requestAnimationFrame((milliseconds) => {
      this.frameAsked = false;
      this.frame(milliseconds);
    });
  }

  private frame(milliseconds: number): void {
    const { store, panel, chart, time } = this;
    const isLive = this.isLive();
    const calm = this.calm.matches;
    const now = calm ? store.now : this.clock.now(store.now, isLive, performance.now());
    if (this.wasLive && !isLive) time.settle(now);
    if (!this.wasLive && isLive && !time.chosen) time.follow();
    if (!isLive && store.version > 0 && !time.chosen && !this.wasLive) this.showWhole(now);
    this.wasLive = isLive;
    const moves = time.advance(Math.max(now, 1), milliseconds) && (!time.following || isLive);

    const choices = { toggled: this.toggled, kept: new Set(this.selectedUnits()) };
    if (chart.arrange(choices, this.choicesVersion)) this.slowAt = Number.NEGATIVE_INFINITY;
    panel.lanes.style.height = `${Math.max(chart.height, panel.body.clientHeight)}px`;
    const height = panel.body.clientHeight;
    panel.chart.style.height = `${height}px`;
    const view = { from: time.from, to: time.to, width: Math.max(1, panel.chart.clientWidth) };
    const ticks = this.axis.draw(view);
    // Read by tests, which have to know where a time is.
    panel.chart.dataset.window = `${view.from} ${view.to}`;
    const before: ChartState = {
      view,
      now,
      isLive,
      ticks,
      height,
      scrollTop: panel.body.scrollTop,
      selection: this.selection,
      hovered: this.hovered,
      focusedLane: this.focusedLane,
      cursorX: this.pointer?.x ?? Number.NaN,
      theme: this.theme,
    };
    this.hover(before);
    this.state = { ...before, hovered: this.hovered };
    chart.draw(this.state);
    this.slow(milliseconds);
    this.names.draw(store, chart.lanes.slice(chart.first, chart.last), this.focusedLane, this.theme, now);
    if (this.wholeLoad) this.minimap.draw(this.wholeLoad, now, this.theme, devicePixelRatio || 1);
    // A hidden page gets no frames from the browser, so that this costs nothing there.
    if (moves || (isLive && !calm)) this.askFrame();
  }

  /** A run that was over before anybody saw it. */
  private showWhole(now: number): void {
    this.time.showAll(now);
  }

  /** What is read, not watched. */
  private slow(milliseconds: number): void {
    const { store, panel } = this;
    clearTimeout(this.slowTimer);
    if (milliseconds - this.slowAt < SLOW_MS) {
      this.slowTimer = setTimeout(() => this.askFrame(), SLOW_MS);
      return;
    }
    this.slowAt = milliseconds;
    const now = this.state?.now ?? store.now;
    this.headLine.draw(store, now);
    this.toolbar.draw(store.run, this.time.following, !panel.table.hidden);
    this.showDetails(now);
    this.keep();
    const words = now > 0 ? `whole run ${durationText(store.run.wallNs ?? now)}` : 'whole run';
    if (panel.wholeRun.textContent !== words) panel.wholeRun.textContent = words;
    panel.chart.setAttribute(
      'aria-label',
      `Timeline of ${store.units.length} units. Arrow keys go from bar to bar, T shows all units as a table, ? all keys.`,
    );
    const width = Math.max(1, panel.minimap.clientWidth);
    this.wholeLoad = loadOf(store, 0, Math.max(now, 1), Math.max(1, Math.floor(width / COLUMN_PIXELS)), now);
  }

  /** A hidden page is thrown away; what was chosen by hand is there again when it is shown again. */
  private keep(): void {
    const { time } = this;
    const kept: Kept = {
      ...(time.chosen && !time.following ? { window: [time.from, time.to] as const } : {}),
      ...(this.namesWidth ? { namesWidth: this.namesWidth } : {}),
      ...(this.selection ? { selection: this.selection, focusedLane: this.focusedLane } : {}),
      toggled: [...this.toggled],
    };
    const text = JSON.stringify(kept);
    if (text === this.keptText) return;
    this.keptText = text;
    this.host.keep(kept);
  }

  private restore(kept: Partial<Kept> | undefined): void {
    if (!kept) return;
    for (const [key, open] of kept.toggled ?? []) this.toggled.set(key, open);
    this.selection = kept.selection;
    this.focusedLane = kept.focusedLane ?? '';
    if (kept.namesWidth) this.namesWidth = setNamesWidth(this.panel.divider, kept.namesWidth);
    if (kept.window) this.time.restore(...kept.window);
  }

  private showDetails(now: number): void {
    const description = this.selection && describe(this.store, this.selection, now);
    if (description) this.details.show(description);
    else this.details.showNothing(mostWaitedObjects(this.store, 4));
  }

  private hover(state: ChartState): void {
    const { pointer } = this;
    const { selection } = pointer ? this.chart.hit(pointer.x, pointer.y, state) : { selection: undefined };
    this.hovered = selection;
    this.panel.chart.classList.toggle('on-bar', selection !== undefined);
    const description = selection && describe(this.store, selection, state.now);
    if (description && pointer) this.tooltip.show(description, pointer.clientX, pointer.clientY);
    else this.tooltip.hide();
  }

  private click(event: MouseEvent): void {
    if (!this.state) return;
    const { selection, lane, from } = this.chart.hit(event.offsetX, event.offsetY, this.state);
    if (lane?.kind === 'folded') return this.toggle(lane);
    this.select(selection, lane?.key ?? '');
    this.barFrom = from;
  }

  private doubleClick(event: MouseEvent): void {
    if (!this.state) return;
    const { selection } = this.chart.hit(event.offsetX, event.offsetY, this.state);
    if (selection?.kind === 'merged') {
      this.time.zoom(timeAt(event, this.panel.chart, this.time), 4);
      return this.askFrame();
    }
    const site = selection && describe(this.store, selection, this.state.now)?.site;
    if (site) this.open(site);
  }

  private key(event: KeyboardEvent): void {
    if (this.help.key(event)) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    this.act(action);
  }

  private act(action: KeyAction): void {
    const { time, panel } = this;
    const extent = this.state?.now ?? this.store.now;
    switch (action) {
      case 'zoomIn':
        time.zoom(this.center(), 1.5);
        break;
      case 'zoomOut':
        time.zoom(this.center(), 1 / 1.5);
        break;
      case 'panLeft':
        time.pan(-0.2);
        break;
      case 'panRight':
        time.pan(0.2);
        break;
      case 'fit':
        time.glideToAll(extent);
        break;
      case 'follow':
        if (this.isLive()) time.follow();
        else time.glideTo(extent - time.length, extent);
        break;
      case 'start':
        time.glideTo(0, time.length);
        break;
      case 'nextBar':
        this.step(1);
        break;
      case 'previousBar':
        this.step(-1);
        break;
      case 'nextLane':
        this.stepLane(1);
        break;
      case 'previousLane':
        this.stepLane(-1);
        break;
      case 'pageDown':
        this.stepLane(10);
        break;
      case 'pageUp':
        this.stepLane(-10);
        break;
      case 'toggleLane': {
        const lane = this.chart.lanes.find((candidate) => candidate.key === this.focusedLane);
        if (lane && lane.open !== undefined) this.toggle(lane);
        break;
      }
      case 'openSource': {
        const site = this.selection && describe(this.store, this.selection, extent)?.site;
        if (site) this.open(site);
        break;
      }
      case 'zoomToSelection': {
        const stretch = this.selection && stretchOf(this.store, this.selection, extent);
        if (stretch) this.showStretch(stretch.from, stretch.to);
        break;
      }
      case 'table':
        panel.table.hidden = !panel.table.hidden;
        if (!panel.table.hidden) {
          panel.table.replaceChildren(unitTable(this.store, extent));
          panel.table.focus();
        }
        (panel.chart.closest('.stage') as HTMLElement).hidden = !panel.table.hidden;
        break;
      case 'help':
        this.help.toggle();
        break;
      case 'clear':
        if (!panel.table.hidden) return this.act('table');
        this.select(undefined, this.focusedLane);
        break;
    }
    this.slowAt = Number.NEGATIVE_INFINITY;
    this.askFrame();
  }

  /** Where keys zoom: at the pointer, else at what is selected, else in the middle. */
  private center(): number {
    const { time, panel, pointer } = this;
    if (pointer) return time.from + (pointer.x / Math.max(1, panel.chart.clientWidth)) * time.length;
    const stretch = this.selection && stretchOf(this.store, this.selection, this.store.now);
    const middle = stretch ? (Math.max(stretch.from, time.from) + Math.min(stretch.to, time.to)) / 2 : Number.NaN;
    return middle >= time.from && middle <= time.to ? middle : (time.from + time.to) / 2;
  }

  /** To the next bar of the lane, or the one before. */
  private step(direction: 1 | -1): void {
    const index = this.chart.lanes.findIndex((lane) => lane.key === this.focusedLane);
    if (index < 0) return this.stepLane(1);
    const next = this.state && this.chart.neighbour(index, this.barFrom, direction, this.state);
    if (!next) return;
    this.select(next.selection, this.focusedLane);
    this.barFrom = next.from;
    const stretch = stretchOf(this.store, next.selection, this.store.now);
    if (stretch && (stretch.to < this.time.from || stretch.from > this.time.to))
      this.showStretch(stretch.from, stretch.to);
  }

  private stepLane(by: number): void {
    const { lanes } = this.chart;
    if (lanes.length === 0) return;
    const at = lanes.findIndex((lane) => lane.key === this.focusedLane);
    const next = at < 0 ? 0 : Math.max(0, Math.min(lanes.length - 1, at + by));
    this.choose(lanes[next]);
    this.bringIntoView(lanes[next]);
  }

  /** A lane by itself: its unit. */
  private choose(lane: Lane): void {
    const isUnit = lane.unit >= 0 && lane.kind !== 'core' && lane.kind !== 'folded';
    this.select(isUnit ? { kind: 'unit', unit: lane.unit } : undefined, lane.key);
    if (!isUnit)
      this.panel.announcer.textContent = `${lane.name}${lane.open === undefined ? '' : lane.open ? ', open' : ', closed'}`;
  }

  private select(selection: Selection | undefined, laneKey: string): void {
    this.selection = selection;
    this.barFrom = Number.NaN;
    this.focusedLane = laneKey;
    this.panel.chart.setAttribute('aria-activedescendant', laneKey ? laneId(laneKey) : '');
    const description = selection && describe(this.store, selection, this.state?.now ?? this.store.now);
    this.showDetails(this.state?.now ?? this.store.now);
    this.panel.announcer.textContent = description
      ? [
          description.title,
          ...description.facts
            .slice(0, 3)
            .map((fact) => fact.parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')),
        ].join('. ')
      : '';
    this.slowAt = Number.NEGATIVE_INFINITY;
    this.askFrame();
  }

  private toggle(lane: Lane): void {
    this.toggled.set(lane.key, !lane.open);
    this.choicesVersion++;
    this.focusedLane = lane.key;
    this.panel.announcer.textContent = `${lane.name}, ${lane.open ? 'closed' : 'open'}`;
    this.askFrame();
  }

  /** Selects something that may be out of sight, and shows it. */
  private jump(selection: Selection): void {
    const stretch = stretchOf(this.store, selection, this.state?.now ?? this.store.now);
    if (!stretch) return;
    const lane = this.chart.lanes[this.chart.laneOfUnit(stretch.unit)];
    this.select(selection, lane?.key ?? '');
    if (lane) this.bringIntoView(lane);
    const outside = stretch.to < this.time.from || stretch.from > this.time.to;
    const tiny = (stretch.to - stretch.from) / this.time.length < 0.005;
    if (outside || tiny) this.showStretch(stretch.from, stretch.to);
  }

  private showStretch(from: number, to: number): void {
    const margin = Math.max((to - from) * 0.4, 1000);
    this.time.glideTo(from - margin, to + margin);
    this.askFrame();
  }

  private bringIntoView(lane: Lane): void {
    const { body } = this.panel;
    if (lane.top < body.scrollTop) body.scrollTop = lane.top;
    else if (lane.top + lane.height > body.scrollTop + body.clientHeight)
      body.scrollTop = lane.top + lane.height - body.clientHeight;
  }

  private open(site: Site): void {
    this.host.post({ kind: 'reveal', file: site.file, line: site.line, column: Math.max(0, site.column) });
  }

  private selectedUnits(): number[] {
    const stretch = this.selection && stretchOf(this.store, this.selection, this.store.now);
    return stretch && stretch.unit >= 0 ? [stretch.unit] : [];
  }
}
