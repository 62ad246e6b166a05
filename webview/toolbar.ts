/** The row of buttons. */
import type { ShownFinding } from '../common/finding';
import { countWords } from '../common/findingWords';
import { MODE_WORDS } from '../common/modeWords';
import type { PanelCommand } from '../common/protocol';
import type { RunInfo } from '../common/trace';
import { button, element } from './dom';
import { severitySign } from './findingList';
import type { Store } from './store';
import { fileName } from './words';

export interface ToolbarCallbacks {
  command(command: PanelCommand): void;
  follow(): void;
  search(): void;
  filter(): void;
  fit(): void;
  table(): void;
  findings(): void;
  export(): void;
  help(): void;
}

export class Toolbar {
  private readonly runAgain: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly save: HTMLButtonElement;
  private readonly live: HTMLButtonElement;
  private readonly table: HTMLButtonElement;
  private readonly findings: HTMLButtonElement;
  private readonly what: HTMLElement;

  constructor(host: HTMLElement, isConnected: boolean, callbacks: ToolbarCallbacks) {
    this.runAgain = button('', '▶ Run again', 'Run the program again', () => callbacks.command('runAgain'));
    this.stop = button('', '■ Stop', 'Stop the program and all that it started', () => callbacks.command('stop'));
    this.save = button('', 'Save…', 'Save what was recorded as a file', () => callbacks.command('save'));
    this.what = element('span', 'what');
    this.live = button('', '● Live', 'Follow the end (F)', callbacks.follow);
    this.findings = button('found', '', 'List what was found (L)', callbacks.findings);
    this.findings.hidden = true;
    this.table = button('', 'Table', 'All units as a table (T)', callbacks.table);
    const search = button('', 'Search', 'Search functions, units, locks, findings (/)', callbacks.search);
    const filter = button('', 'Filter', 'Filter by state, length, file, lane (X)', callbacks.filter);
    const fit = button('', 'Fit', 'Show the whole run (0)', callbacks.fit);
    const exports = button('', 'Export…', 'Save pictures, figures or other forms (Shift+E)', callbacks.export);
    const help = button('', '?', 'Keys and legend (?)', callbacks.help);
    help.setAttribute('aria-label', 'Keys and legend');
    // A page by itself has no program to run.
    if (isConnected) host.append(this.runAgain, this.stop, this.save);
    host.append(this.what, this.findings, this.live, search, filter, fit, this.table, exports, help);
  }

  draw(store: Store, following: boolean, tableShown: boolean): void {
    const { run, findings } = store;
    this.drawFindings(findings);
    const runs = run.state.kind === 'running' || run.state.kind === 'starting';
    this.stop.disabled = !runs;
    this.runAgain.disabled = runs;
    this.live.hidden = !runs;
    this.live.setAttribute('aria-pressed', String(following));
    this.table.setAttribute('aria-pressed', String(tableShown));
    const what = whatWords(run);
    if (this.what.textContent === what) return;
    this.what.textContent = what;
    this.what.title = what;
  }

  /** How many there are of each severity, with the forms that they have in the picture. */
  private drawFindings(findings: readonly ShownFinding[]): void {
    const words = countWords(findings);
    if (this.findings.ariaLabel === `Found: ${words}`) return;
    this.findings.hidden = findings.length === 0;
    this.findings.ariaLabel = `Found: ${words}`;
    this.findings.replaceChildren(
      ...(['error', 'warning', 'info'] as const).flatMap((severity) => {
        const count = findings.filter((finding) => finding.severity === severity).length;
        return count === 0 ? [] : [severitySign({ severity }), `${count} `];
      }),
    );
  }
}

/** `orders.py, as written, Python 3.13.0`; `price(range(8)) in threads, 4 workers, orders.py`. */
function whatWords(run: RunInfo): string {
  if (!run.file) return '';
  const parts = run.function
    ? [`${run.function}(${run.inputs}) ${MODE_WORDS[run.mode]}`]
    : [`${fileName(run.file)} ${MODE_WORDS[run.mode]}`];
  if (run.function && run.workers > 0) parts.push(`${run.workers} ${run.workers === 1 ? 'worker' : 'workers'}`);
  if (run.function) parts.push(fileName(run.file));
  if (run.python) parts.push(`Python ${run.python}${run.gil ? '' : ' without GIL'}`);
  return parts.join(', ');
}
