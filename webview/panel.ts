/** The panel's elements, in the order in which they are read. */
import { element } from './dom';

export interface Panel {
  readonly toolbar: HTMLElement;
  readonly headLine: HTMLElement;
  readonly notice: HTMLElement;
  readonly wholeRun: HTMLElement;
  readonly minimap: HTMLCanvasElement;
  readonly showing: HTMLElement;
  readonly axis: SVGSVGElement;
  /** What is hidden, dimmed or sorted by the user's wish, each with a way back. */
  readonly chips: HTMLElement;
  /** Minimap, axis and lanes: what the table of units takes the place of. */
  readonly stage: HTMLElement;
  /** Scrolls up and down. */
  readonly body: HTMLElement;
  /** As high as all lanes. */
  readonly lanes: HTMLElement;
  readonly names: HTMLElement;
  /** Between the names and the chart; moves. */
  readonly divider: HTMLElement;
  readonly chart: HTMLCanvasElement;
  readonly foot: HTMLElement;
  /** Its first page. */
  readonly footFirst: HTMLElement;
  readonly details: HTMLElement;
  readonly tooltip: HTMLElement;
  readonly table: HTMLElement;
  readonly help: HTMLElement;
  /** Told to readers of the screen when the selection changes. */
  readonly announcer: HTMLElement;
}

export function buildPanel(root: HTMLElement): Panel {
  root.className = 'interleave';
  const toolbar = element('div', 'toolbar');
  toolbar.setAttribute('role', 'toolbar');
  toolbar.setAttribute('aria-label', 'Run and view');
  const headLine = element('div', 'head-line');
  headLine.setAttribute('aria-label', 'Summary of the run');
  headLine.setAttribute('role', 'group');
  const notice = element('div', 'notice');
  notice.setAttribute('role', 'status');
  notice.hidden = true;

  const wholeRun = element('div', 'side');
  const minimap = element('canvas', 'minimap');
  minimap.setAttribute('role', 'img');
  minimap.setAttribute(
    'aria-label',
    'How much ran when in the whole run. The keys W, S, A, D and 0 do what its handles do.',
  );
  const showing = element('div', 'side');
  const axis = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  axis.setAttribute('class', 'axis');
  axis.setAttribute('height', '24');
  axis.setAttribute('aria-hidden', 'true');

  const names = element('div', 'names');
  names.tabIndex = 0;
  names.setAttribute('role', 'tree');
  names.setAttribute('aria-label', 'Lanes');
  const chart = element('canvas', 'chart');
  chart.tabIndex = 0;
  chart.setAttribute('role', 'application');
  chart.setAttribute('aria-roledescription', 'timeline');
  const lanes = element('div', 'lanes', names, chart);
  const body = element('div', 'body', lanes);
  body.tabIndex = -1;
  const divider = element('div', 'divider');
  divider.tabIndex = 0;
  divider.setAttribute('role', 'separator');
  divider.setAttribute('aria-orientation', 'vertical');
  divider.setAttribute('aria-label', 'Width of the names');

  const table = element('div', 'table-page');
  table.hidden = true;
  table.tabIndex = 0;
  table.setAttribute('role', 'region');
  table.setAttribute('aria-label', 'Tables of findings and units');
  const details = element('div', 'details');
  const footFirst = element('div', 'foot-page foot-first', details, legend());
  const foot = element('div', 'foot', footFirst);
  foot.setAttribute('role', 'region');
  foot.setAttribute('aria-label', 'What is selected, and figures');
  const help = element('div', 'help');
  help.hidden = true;
  help.setAttribute('role', 'dialog');
  help.setAttribute('aria-label', 'Keys and legend');
  help.tabIndex = -1;
  const tooltip = element('div', 'tooltip');
  tooltip.hidden = true;
  tooltip.setAttribute('role', 'tooltip');
  const announcer = element('div', 'for-readers');
  announcer.setAttribute('aria-live', 'polite');

  const stage = element(
    'div',
    'stage',
    element('div', 'row minimap-row', wholeRun, minimap),
    element('div', 'row axis-row', showing, axis),
    body,
    divider,
  );
  const chips = element('div', 'chips');
  chips.setAttribute('role', 'group');
  chips.setAttribute('aria-label', 'What is hidden, dimmed or sorted');
  chips.hidden = true;
  root.replaceChildren(toolbar, headLine, notice, chips, stage, table, foot, help, tooltip, announcer);
  return {
    toolbar,
    headLine,
    notice,
    chips,
    wholeRun,
    minimap,
    showing,
    axis,
    stage,
    body,
    lanes,
    names,
    divider,
    chart,
    foot,
    footFirst,
    details,
    tooltip,
    table,
    help,
    announcer,
  };
}

const FORMS: readonly (readonly [string, string])[] = [
  ['running', 'running'],
  ['ready', 'wants a core'],
  ['gil', 'wants the GIL'],
  ['waiting', 'waiting, for what'],
  ['blocked', 'in a call that is not recorded'],
  ['merged', 'many short ones: their share'],
  ['arrow', 'who ended the wait'],
  ['finding', 'error, warning, hint: click it'],
];

/** What the forms mean; colours mean units and need no legend, since each lane bears its own. */
export function legend(): HTMLElement {
  const list = element(
    'ul',
    'legend-list',
    ...FORMS.map(([form, words]) => element('li', '', element('span', `form form-${form}`), words)),
  );
  return element('div', 'legend', list);
}
