/**
 * What the user does and what the picture then shows: selection, open lanes, window of time, and the frame in which all
 * is drawn again. A frame is asked for when something has changed, and one after the other while the program runs.
 */
import type { HostMessage } from '../common/protocol';
import type { Site } from '../common/trace';
import { Axis } from './axis';
import type { View } from './bars';
import { Chart, type ChartState } from './chart';
import { Choices } from './choices';
import { laneCommands, panelCommands, timeCommands } from './commands';
import { describe } from './describe';
import { Details } from './details';
import type { Feature, Instrument, Surface } from './feature';
import { buildFeatures } from './features';
import { findingTable } from './findingList';
import { FindingWalk } from './findingWalk';
import { Foot } from './foot';
import { addGestures } from './gestures';
import { HeadLine } from './headLine';
import { Help } from './help';
import type { Host } from './host';
import { KeptView } from './keptView';
import { Keyboard } from './keyboard';
import { LaneNames } from './laneNames';
import { type Load, loadOf } from './load';
import { COLUMN_PIXELS, Minimap } from './minimap';
import { makeDividerMovable } from './nameColumn';
import type { Panel } from './panel';
import { Pointing } from './pointing';
import { RunClock } from './runClock';
import { type Selection, selectionAt } from './selection';
import type { Store } from './store';
import { mostWaitedObjects } from './summary';
import { onThemeChanged, readTheme, type Theme } from './theme';
import { durationText } from './timeText';
import { TimeWindow } from './timeWindow';
import { Toolbar, type ToolbarCallbacks } from './toolbar';
import { unitTable } from './unitTable';

/** Between two frames of a picture that glides by itself, the wait for the screen not counted. */
const GLIDE_MS = 20;

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
  private readonly pointing: Pointing;
  private readonly walk: FindingWalk;
  private readonly help: Help;
  private readonly foot: Foot;
  private readonly features: readonly Feature[];
  private readonly keyboard: Keyboard;
  private readonly time: TimeWindow;
  private readonly choices: Choices;
  private readonly kept: KeptView;
  private readonly clock = new RunClock();
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');
  private theme: Theme;
  private frameAsked = false;
  private wholeLoad: Load | undefined;
  private wholeLoadKey = '';
  private slowAt = Number.NEGATIVE_INFINITY;
  private slowTimer: ReturnType<typeof setTimeout> | undefined;
  private soonTimer: ReturnType<typeof setTimeout> | undefined;
  private wasLive = false;
  private shownUntil = 0;
  /** The version of the store that was last shown as a whole. */
  private wholeVersion = 0;

  constructor(
    private readonly panel: Panel,
    private readonly store: Store,
    private readonly host: Host,
  ) {
    const changed = (): void => this.askFrame();
    this.theme = readTheme(panel.chart.parentElement as HTMLElement);
    this.time = new TimeWindow(() => this.calm.matches);
    this.chart = new Chart(panel.chart, store);
    this.choices = new Choices(panel, store, this.chart, this.time, () => this.askFullFrame());
    this.axis = new Axis(panel.axis, panel.showing);
    this.minimap = new Minimap(panel.minimap, this.time, changed);
    this.names = new LaneNames(panel.names, {
      toggled: (lane) => this.choices.toggle(lane),
      chosen: (lane) => this.choices.selectLane(lane),
    });
    this.details = new Details(panel.details, store, {
      opened: (site) => this.open(site),
      jumped: (unit, time) => this.choices.jump(selectionAt(store, unit, time)),
      selected: (selection) => this.choices.jump(selection),
    });
    this.headLine = new HeadLine(panel, (selection) => this.choices.jump(selection));
    const features = (): readonly Feature[] => this.features;
    this.pointing = new Pointing(panel.chart, panel.tooltip, store, this.chart, this.choices, this.time, features, {
      changed,
      opened: (selection) => this.openSelected(selection),
    });
    this.walk = new FindingWalk(store, this.choices, panel.announcer, () => this.askFullFrame());
    this.foot = new Foot(panel.foot, panel.footFirst, () => this.askFullFrame());
    this.features = buildFeatures(this.instrument());
    this.keyboard = new Keyboard([
      ...timeCommands({
        time: this.time,
        now: () => this.choices.now,
        isLive: () => this.isLive(),
        center: () => this.center(),
      }),
      ...laneCommands({
        choices: () => this.choices,
        openSelected: () => this.openSelected(this.choices.selection),
      }),
      ...panelCommands({
        stepFindings: (direction) => this.walk.step(direction),
        listFindings: () => this.listFindings(),
        toggleTable: () => this.toggleTable(),
        toggleHelp: () => this.help.toggle(),
        clear: () => this.clear(),
      }),
      ...this.features.flatMap(({ commands = [] }) => commands),
    ]);
    this.help = new Help(panel.help, panel.chart, this.keyboard.commands);
    this.kept = new KeptView(host, this.choices, this.time, this.features);
    makeDividerMovable(panel.divider, panel.chart, (width) => {
      this.kept.namesWidth = width;
      changed();
    });
    const callbacks: ToolbarCallbacks = {
      command: (command) => host.post({ kind: 'command', command }),
      follow: () => this.press('f'),
      search: () => this.press('/'),
      filter: () => this.press('x'),
      fit: () => this.press('0'),
      table: () => this.toggleTable(),
      findings: () => this.listFindings(),
      export: () => this.press('shift+e'),
      help: () => this.help.toggle(),
    };
    this.toolbar = new Toolbar(panel.toolbar, host.isConnected, callbacks, panel.chart);
    addGestures(panel.chart, this.time, {
      moved: changed,
      scrolled: (pixels) => {
        panel.body.scrollTop += pixels;
      },
      taken: (event) => this.pointing.isTaken(event),
    });
    this.kept.restore(panel);
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

  /** What the host says besides the trace. */
  receive(message: HostMessage): void {
    if (message.kind === 'showFinding') this.walk.show(message.id);
    else for (const feature of this.features) feature.receive?.(message);
  }

  private instrument(): Instrument {
    const { panel, store, chart, choices, time, host, foot } = this;
    return {
      panel,
      store,
      chart,
      choices,
      time,
      host,
      foot,
      pointerTime: () => this.pointing.pointedTime,
      now: () => this.choices.now,
      changed: () => this.askFullFrame(),
      open: (site) => this.open(site),
      say: (words) => {
        panel.announcer.textContent = words;
      },
    };
  }

  /** The panel shows another run: what was chosen in the last one means nothing here. */
  private beginAnew(): void {
    this.choices.forget();
    this.wasLive = false;
    this.time.chosen = false;
    this.clock.forget();
    for (const feature of this.features) feature.forget?.();
  }

  private listen(): void {
    const { chart, body } = this.panel;
    const changed = (): void => this.askFrame();
    new ResizeObserver(changed).observe(body);
    body.addEventListener('scroll', changed, { passive: true });
    onThemeChanged(() => {
      this.theme = readTheme(chart.parentElement as HTMLElement);
      this.askFullFrame();
    });
    document.addEventListener('keydown', (event) => this.key(event));
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

  /** While it only follows, half as many frames: the program that is watched needs the processor more. */
  private askFrameSoon(): void {
    if (this.soonTimer !== undefined) return;
    this.soonTimer = setTimeout(() => {
      this.soonTimer = undefined;
      this.askFrame();
    }, GLIDE_MS);
  }

  /** A frame in which also what is read is drawn again. */
  private askFullFrame(): void {
    this.slowAt = Number.NEGATIVE_INFINITY;
    this.askFrame();
  }

  private frame(milliseconds: number): void {
    const { store, panel, chart, time } = this;
    const isLive = this.isLive();
    const calm = this.calm.matches;
    const now = calm ? store.now : this.clock.now(store.now, isLive, performance.now());
    if (!this.wasLive && isLive && !time.chosen) time.follow();
    // A run that was over before anybody saw it is shown at once, and so is what came late of one; else it glides there.
    const isFirst = this.wholeVersion === 0 && store.version > 0;
    const isNew = store.version !== this.wholeVersion;
    if (!isLive && !time.chosen && (isFirst || (!this.wasLive && isNew))) time.showAll(now);
    else if (this.wasLive && !isLive) time.settle(now);
    this.wholeVersion = store.version;
    this.wasLive = isLive;
    const moves = time.advance(Math.max(now, 1), milliseconds) && (!time.following || isLive);

    const { choices } = this;
    const arranged = chart.arrange(choices, choices.version);
    if (arranged === 'arranged') this.slowAt = Number.NEGATIVE_INFINITY;
    panel.lanes.style.height = `${Math.max(chart.height, panel.body.clientHeight)}px`;
    const height = panel.body.clientHeight;
    panel.chart.style.height = `${height}px`;
    const view = { from: time.from, to: time.to, width: Math.max(1, panel.chart.clientWidth) };
    const drawnView = this.choices.drawn?.view;
    const isMovedByHand = !isLive && drawnView && (drawnView.from !== view.from || drawnView.to !== view.to);
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
      selection: choices.selection,
      hovered: this.pointing.hovered,
      focusedLane: choices.lane,
      cursorX: this.pointing.x,
      theme: this.theme,
      overBars: () =>
        this.paintFeatures(panel.chart, view, height, (feature, surface) =>
          feature.paintBars?.(surface, panel.body.scrollTop),
        ),
    };
    if (arranged !== 'postponed') {
      this.walk.showAsked(() => {
        if (!panel.table.hidden) this.toggleTable();
        this.slowAt = Number.NEGATIVE_INFINITY;
      });
    }
    this.pointing.hover(before);
    choices.drawn = { ...before, hovered: this.pointing.hovered };
    chart.draw(choices.drawn);
    this.paintFeatures(panel.chart, view, height, (feature, surface) =>
      feature.paintChart?.(surface, panel.body.scrollTop),
    );
    if (isMovedByHand && this.slowAt > Number.NEGATIVE_INFINITY) this.slowSoon();
    else this.slow(milliseconds);
    this.names.draw(store, chart.lanes.slice(chart.first, chart.last), choices.lane, this.theme, now);
    if (this.wholeLoad) {
      this.minimap.draw(this.wholeLoad, now, this.theme, devicePixelRatio || 1);
      const whole = { from: 0, to: Math.max(now, 1), width: panel.minimap.clientWidth };
      this.paintFeatures(panel.minimap, whole, panel.minimap.clientHeight, (feature, surface) =>
        feature.paintMinimap?.(surface),
      );
    }
    // A hidden page gets no frames from the browser, so that this costs nothing there.
    const followsOnly = time.following && isLive;
    if ((moves && !followsOnly) || arranged === 'postponed') this.askFrame();
    else if (isLive && !calm) this.askFrameSoon();
  }

  private paintFeatures(
    canvas: HTMLCanvasElement,
    view: View,
    height: number,
    paint: (feature: Feature, surface: Surface) => void,
  ): void {
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const x = (time: number): number => ((time - view.from) / (view.to - view.from)) * view.width;
    for (const feature of this.features) {
      context.save();
      paint(feature, { context, width: view.width, height, theme: this.theme, x });
      context.restore();
    }
  }

  /** What is read, not watched. */
  private slow(milliseconds: number): void {
    const { store, panel } = this;
    if (milliseconds - this.slowAt < SLOW_MS) {
      this.slowSoon();
      return;
    }
    clearTimeout(this.slowTimer);
    this.slowAt = milliseconds;
    const { now } = this.choices;
    this.headLine.draw(store, now);
    this.toolbar.draw(store, this.time.following, !panel.table.hidden);
    this.walk.announce();
    this.showDetails(now);
    for (const feature of this.features) feature.refresh?.(now);
    this.kept.save();
    const words = now > 0 ? `whole run ${durationText(now)}` : 'whole run';
    if (panel.wholeRun.textContent !== words) panel.wholeRun.textContent = words;
    panel.chart.setAttribute(
      'aria-label',
      `Timeline of ${store.units.length} units. Arrow keys go from bar to bar, T shows all units as a table, ? all keys.`,
    );
    const parts = Math.max(1, Math.floor(panel.minimap.clientWidth / COLUMN_PIXELS));
    const key = `${store.version} ${now} ${parts}`;
    if (key !== this.wholeLoadKey) this.wholeLoad = loadOf(store, 0, Math.max(now, 1), parts, now);
    this.wholeLoadKey = key;
  }

  /** Once a quarter of a second has passed in which nothing moved by hand: one reads when it stands. */
  private slowSoon(): void {
    clearTimeout(this.slowTimer);
    this.slowTimer = setTimeout(() => this.askFrame(), SLOW_MS);
  }

  private showDetails(now: number): void {
    const { selection } = this.choices;
    const description = selection && describe(this.store, selection, now);
    if (description) this.details.show(description);
    else this.details.showNothing(mostWaitedObjects(this.store, 4));
  }

  private key(event: KeyboardEvent): void {
    if (this.help.key(event)) return;
    const command = this.keyboard.commandOf(event);
    if (!command) return;
    event.preventDefault();
    command.run();
    this.askFullFrame();
  }

  private clear(): void {
    if (!this.panel.table.hidden) this.toggleTable();
    else if (this.features.some((feature) => feature.closes?.())) return;
    else if (!this.foot.isOnFirst) this.foot.showFirst();
    else if (this.choices.selection) this.choices.select(undefined, this.choices.lane);
    else this.features.some((feature) => feature.takesBack?.());
  }

  private listFindings(): void {
    const { choices, details } = this;
    choices.select(undefined, choices.lane);
    this.foot.showFirst();
    this.showDetails(choices.now);
    details.focusFirst();
  }

  private toggleTable(): void {
    const { table, stage, chart } = this.panel;
    table.hidden = !table.hidden;
    stage.hidden = !table.hidden;
    if (table.hidden) {
      chart.focus();
      return;
    }
    const callbacks = {
      shown: (id: number) => this.walk.show(id),
      opened: (site: Site) => this.open(site),
    };
    const found = this.store.findings.length > 0 ? [findingTable(this.store, callbacks)] : [];
    table.replaceChildren(...found, unitTable(this.store, this.choices.now));
    table.focus();
  }

  /** What a button does that stands for a key. */
  private press(key: string): void {
    this.keyboard.commands.find(({ keys }) => keys.includes(key))?.run();
    this.askFullFrame();
  }

  /** Where keys zoom: at the pointer, else at what is selected, else in the middle. */
  private center(): number {
    const { time } = this;
    const pointed = this.pointing.pointedTime;
    if (!Number.isNaN(pointed)) return pointed;
    const middle = this.choices.middle();
    return Number.isNaN(middle) ? (time.from + time.to) / 2 : middle;
  }

  private openSelected(selection: Selection | undefined): void {
    const site = selection && describe(this.store, selection, this.choices.now)?.site;
    if (site) this.open(site);
  }

  private open(site: Site): void {
    if (!this.host.isConnected) {
      // A page by itself has no editor.
      this.headLine.tell(`${site.function ? `${site.function}, ` : ''}line ${site.line} of ${site.file}`);
      this.askFullFrame();
      return;
    }
    this.host.post({ kind: 'reveal', file: site.file, line: site.line, column: Math.max(0, site.column) });
  }
}
