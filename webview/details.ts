/** The foot of the panel: what is selected, in words, each name a link. */
import { countWords } from '../common/findingWords';
import type { Site } from '../common/trace';
import type { Description, Part } from './describe';
import { button, element } from './dom';
import { findingList, severitySign } from './findingList';
import type { Selection } from './selection';
import type { Store } from './store';
import type { WaitedObject } from './summary';
import { durationText } from './timeText';
import { waitForDiagram } from './waitForDiagram';

const NO_RACE_MODE =
  'Data races were not looked for, since accesses to shared variables were not recorded (setting interleave.race).';

export interface LinkCallbacks {
  opened(site: Site): void;
  jumped(unit: number, time: number): void;
  selected(selection: Selection): void;
}

export class Details {
  private shown = '';

  constructor(
    private readonly host: HTMLElement,
    private readonly store: Store,
    private readonly callbacks: LinkCallbacks,
  ) {}

  show(description: Description): void {
    const { finding } = description;
    if (!this.isNew(JSON.stringify([description.title, description.facts]))) return;
    const list = element('dl', 'facts');
    for (const fact of description.facts) {
      const value = element('dd', '', ...fact.parts.map((part) => this.render(part)));
      list.append(element('dt', '', fact.name), value);
    }
    if (!finding) {
      this.replace(element('h2', '', description.title), list);
      return;
    }
    list.classList.add('of-finding');
    const heading = element('h2', '', severitySign(finding), description.title);
    const diagram = waitForDiagram(this.store, finding);
    this.replace(heading, ...(diagram ? [diagram] : []), list);
  }

  /** While nothing is selected: what was found, and what cost most waiting, each a link to its longest wait. */
  showNothing(waited: readonly WaitedObject[]): void {
    const { findings } = this.store;
    if (!this.isNew(JSON.stringify([waited, findings, this.store.run.race]))) return;
    const hint = element(
      'p',
      'hint',
      'Click a bar to read what it is, or reach it with the arrow keys. ? shows all keys.',
    );
    const found: Node[] = [];
    if (findings.length > 0) {
      const callbacks = { ...this.callbacks, shown: (id: number) => this.callbacks.selected({ kind: 'finding', id }) };
      found.push(element('h2', '', `Found: ${countWords(findings)}`), findingList(this.store, callbacks));
    }
    const noRaces = this.store.run.race ? [] : [element('p', 'hint', NO_RACE_MODE)];
    if (waited.length === 0) {
      this.replace(...found, hint, ...noRaces);
      return;
    }
    const rows = waited.map((object) => {
      const link = button('link', object.name, 'Show its longest wait', () => this.callbacks.selected(object.longest));
      const cells = [durationText(object.nanos), object.share, object.kind].map((text) => element('td', '', text));
      return element('tr', '', element('td', '', link), ...cells);
    });
    const most = element('table', 'waited', element('tbody', '', ...rows));
    this.replace(...found, element('h2', '', 'Most waited for'), most, hint, ...noRaces);
  }

  /** Gives the focus to the first link. */
  focusFirst(): void {
    this.host.querySelector('button')?.focus();
  }

  /** Told once: rebuilding equal links would take the focus from the one that has it. */
  private isNew(key: string): boolean {
    if (key === this.shown) return false;
    this.shown = key;
    return true;
  }

  private replace(...children: readonly Node[]): void {
    const focused = this.indexOfFocus();
    this.host.replaceChildren(...children);
    if (focused >= 0) this.host.querySelectorAll('button')[focused]?.focus();
  }

  private indexOfFocus(): number {
    return [...this.host.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement);
  }

  private render(part: Part): Node | string {
    if (typeof part === 'string') return part;
    if (!('site' in part))
      return button('link', part.text, 'Show it in the timeline', () => this.callbacks.jumped(part.unit, part.time));
    const place = `${part.site.file}${part.site.line ? `:${part.site.line}` : ''}`;
    return button('link', part.text, `Open ${place}`, () => this.callbacks.opened(part.site));
  }
}
