/** The row of buttons. */
import type { ShownFinding } from '../common/finding';
import { countWords } from '../common/findingWords';
import { MODE_WORDS } from '../common/modeWords';
import type { PanelCommand } from '../common/protocol';
import type { RunInfo } from '../common/trace';
import { button, element } from './dom';
import { severitySign } from './findingList';
import { Menu } from './menu';
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

/** A button that a narrow panel has in its menu instead. */
const RARE = 'rare';

export class Toolbar {
  private readonly runAgain: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly live: HTMLButtonElement;
  private readonly table: HTMLButtonElement;
  private readonly findings: HTMLButtonElement;
  private readonly what: HTMLElement;

  constructor(host: HTMLElement, isConnected: boolean, callbacks: ToolbarCallbacks, fallback: HTMLElement) {
    this.runAgain = signButton('▶', 'Run again', 'Run the program again', () => callbacks.command('runAgain'));
    this.stop = signButton('■', 'Stop', 'Stop the program and all that it started', () => callbacks.command('stop'));
    const saves = { words: 'Save…', title: 'Save what was recorded as a file', run: () => callbacks.command('save') };
    this.what = element('span', 'what');
    this.live = signButton('●', 'Live', 'Follow the end (F)', callbacks.follow);
    this.findings = button('found', '', 'List what was found (L)', callbacks.findings);
    this.findings.hidden = true;
    const rare = [
      { words: 'Filter', title: 'Filter by state, length, file, lane (X)', run: callbacks.filter },
      { words: 'Fit', title: 'Show the whole run (0)', run: callbacks.fit },
      { words: 'Table', title: 'Findings and all units as tables (T)', run: callbacks.table },
      { words: 'Export…', title: 'Save pictures, figures or other forms (Shift+E)', run: callbacks.export },
    ];
    const search = button('', 'Search', 'Search functions, units, locks, findings (/)', callbacks.search);
    const [filter, fit, table, exports] = rare.map(({ words, title, run }) => button(RARE, words, title, run));
    this.table = table;
    const help = button(RARE, '?', 'Keys and legend (?)', callbacks.help);
    help.setAttribute('aria-label', 'Keys and legend');
    const more = button('more', '⋯', 'More', () => menu.toggle());
    more.setAttribute('aria-label', 'More');
    more.setAttribute('aria-haspopup', 'menu');
    // A page by itself has no program to run.
    if (isConnected) host.append(this.runAgain, this.stop, button(RARE, saves.words, saves.title, saves.run));
    host.append(this.what, this.findings, this.live, search, filter, fit, table, exports, help, more);
    const keys = { words: 'Keys and legend', title: 'Keys and legend (?)', run: callbacks.help };
    const menu = new Menu(host, fallback, 'More', [...rare, ...(isConnected ? [saves] : []), keys]);
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

/** Of a narrow panel's button only the sign is seen. */
function signButton(sign: string, words: string, title: string, pressed: () => void): HTMLButtonElement {
  const made = button('', `${sign} `, title, pressed);
  made.append(element('span', 'button-words', words));
  made.setAttribute('aria-label', words);
  return made;
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
