/** Several runs under each other, in one window of time that begins with each of them; above, what they came to. */
import type { Comparison, ComparisonMessage } from '../../common/comparison';
import { Axis } from '../axis';
import { laneCommands, timeCommands } from '../commands';
import { button, element, setText } from '../dom';
import { Keyboard } from '../keyboard';
import { onThemeChanged, readTheme, type Theme } from '../theme';
import { TimeWindow } from '../timeWindow';
import { Tooltip } from '../tooltip';
import { figureTable } from './figureTable';
import type { ComparisonHost } from './host';
import { Pane } from './pane';
import { ScalingChart } from './scalingChart';

export class ComparisonPage {
  private readonly title = element('h1', '');
  private readonly progress = element('p', 'hint progress');
  private readonly sentences = element('div', 'sentences');
  private readonly tables = element('div', 'tables');
  private readonly chart = new ScalingChart();
  private readonly save = button('save', 'Save as JSON', 'Keep these figures as a file', () =>
    this.host.post({ kind: 'save' }),
  );
  private readonly panesHost = element('div', 'panes');
  private readonly announcer = element('div', 'for-readers');
  private readonly axis: Axis;
  private readonly tooltip: Tooltip;
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');
  private readonly time = new TimeWindow(() => this.calm.matches);
  private readonly keyboard: Keyboard;
  private panes: Pane[] = [];
  private active = 0;
  private theme: Theme;
  private frameAsked = false;
  private shownTables = '';

  constructor(
    private readonly root: HTMLElement,
    private readonly host: ComparisonHost,
  ) {
    root.className = 'interleave comparison';
    this.announcer.setAttribute('aria-live', 'polite');
    this.progress.setAttribute('role', 'status');
    const showing = element('div', 'side');
    const axis = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    axis.setAttribute('class', 'axis');
    axis.setAttribute('height', '24');
    axis.setAttribute('aria-hidden', 'true');
    this.axis = new Axis(axis, showing);
    const tooltip = element('div', 'tooltip');
    tooltip.hidden = true;
    this.tooltip = new Tooltip(tooltip);
    const head = element('header', 'comparison-head', this.title, this.progress, this.sentences, this.save);
    const stage = element('div', 'stage', element('div', 'row axis-row', showing, axis), this.panesHost);
    this.tables.tabIndex = 0;
    this.tables.setAttribute('role', 'region');
    this.tables.setAttribute('aria-label', 'Figures');
    root.replaceChildren(head, this.chart.root, stage, this.tables, tooltip, this.announcer);
    this.theme = readTheme(root);
    onThemeChanged(() => {
      this.theme = readTheme(root);
      this.askFrame();
    });
    new ResizeObserver(() => this.askFrame()).observe(this.panesHost);
    this.keyboard = new Keyboard([
      ...timeCommands({ time: this.time, now: () => this.now, isLive: () => this.isLive, center: () => this.center() }),
      ...laneCommands({
        choices: () => this.pane.choices,
        openSelected: () => this.pane.openSelected(),
      }),
      { group: 'Select', keys: ['escape'], shown: 'Esc', words: 'select nothing', run: () => this.clear() },
    ]);
    document.addEventListener('keydown', (event) => this.key(event));
  }

  receive(message: ComparisonMessage): void {
    if (message.kind === 'comparison') this.tell(message);
    else this.panes[message.run]?.store.apply(message.delta);
    this.askFrame();
  }

  private tell({ title, progress, runs, sentences, evidence, tables, scaling, canSave }: Comparison): void {
    setText(this.title, title);
    setText(this.progress, progress);
    this.progress.hidden = progress === '';
    while (this.panes.length < runs.length) this.addPane();
    for (const [i, run] of runs.entries()) this.panes[i].name(run);
    this.save.hidden = !canSave;
    const key = JSON.stringify([sentences, evidence, tables, runs, scaling]);
    if (key === this.shownTables) return;
    this.shownTables = key;
    const reasons = element(
      'details',
      'evidence',
      element('summary', '', 'The figures it rests on'),
      element('ul', '', ...evidence.map((words) => element('li', '', words))),
    );
    this.sentences.replaceChildren(
      ...sentences.map((words) => element('p', '', words)),
      ...(evidence.length > 0 ? [reasons] : []),
    );
    this.tables.replaceChildren(...tables.map((table) => figureTable(table, runs)));
    this.tables.hidden = tables.length === 0;
    this.chart.show(scaling);
  }

  private addPane(): void {
    const run = this.panes.length;
    const pane = new Pane(this.announcer, this.time, this.tooltip, {
      changed: () => this.askFrame(),
      entered: () => {
        this.active = run;
      },
      opened: ({ file, line, column }) => {
        this.host.post({ kind: 'reveal', run, file, line, column: Math.max(0, column) });
      },
      openedWhole: () => this.host.post({ kind: 'open', run }),
    });
    this.panes.push(pane);
    this.panesHost.append(pane.root);
  }

  private get pane(): Pane {
    return this.panes[this.active];
  }

  private get now(): number {
    return Math.max(1, ...this.panes.map(({ now }) => now));
  }

  private get isLive(): boolean {
    return this.panes.some(({ isLive }) => isLive);
  }

  private center(): number {
    const { time, pane } = this;
    const x = this.panes.map(({ pointerX }) => pointerX).find((each) => !Number.isNaN(each));
    if (x !== undefined) return time.from + (x / pane.width) * time.length;
    const middle = pane.choices.middle();
    return Number.isNaN(middle) ? (time.from + time.to) / 2 : middle;
  }

  private clear(): void {
    for (const { choices } of this.panes) choices.select(undefined, '');
  }

  private key(event: KeyboardEvent): void {
    const command = this.panes.length > 0 ? this.keyboard.commandOf(event) : undefined;
    if (!command) return;
    event.preventDefault();
    command.run();
    this.askFrame();
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
    if (this.panes.length === 0) return;
    const { time, now } = this;
    if (!time.chosen) time.showAll(now);
    const moves = time.advance(now, milliseconds);
    const ticks = this.axis.draw({ from: time.from, to: time.to, width: this.pane.width });
    const path = this.pane.lanePath;
    for (const [i, pane] of this.panes.entries()) {
      if (path && i !== this.active) pane.goTo(path);
      pane.draw(ticks, this.theme);
    }
    // Read by tests, which have to know where a time is.
    this.root.dataset.window = `${time.from} ${time.to}`;
    if (moves) this.askFrame();
  }
}
