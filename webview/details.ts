/** The foot of the panel: what is selected, in words, each name a link. */
import type { Site } from '../common/trace';
import type { Description, Part } from './describe';
import { button, element } from './dom';
import type { Selection } from './selection';
import type { WaitedObject } from './summary';
import { durationText } from './timeText';

export interface LinkCallbacks {
  opened(site: Site): void;
  jumped(unit: number, time: number): void;
  selected(selection: Selection): void;
}

export class Details {
  private shown = '';

  constructor(
    private readonly host: HTMLElement,
    private readonly callbacks: LinkCallbacks,
  ) {}

  show(description: Description): void {
    if (!this.isNew(JSON.stringify([description.title, description.facts]))) return;
    const list = element('dl', 'facts');
    for (const fact of description.facts) {
      const value = element('dd', '', ...fact.parts.map((part) => this.render(part)));
      list.append(element('dt', '', fact.name), value);
    }
    this.replace(element('h2', '', description.title), list);
  }

  /** While nothing is selected: what cost most waiting, each a link to its longest wait. */
  showNothing(waited: readonly WaitedObject[]): void {
    if (!this.isNew(JSON.stringify(waited))) return;
    const hint = element(
      'p',
      'hint',
      'Click a bar to read what it is, or reach it with the arrow keys. ? shows all keys.',
    );
    if (waited.length === 0) {
      this.replace(hint);
      return;
    }
    const rows = waited.map((object) => {
      const link = button('link', object.name, 'Show its longest wait', () => this.callbacks.selected(object.longest));
      const cells = [durationText(object.nanos), object.share, object.kind].map((text) => element('td', '', text));
      return element('tr', '', element('td', '', link), ...cells);
    });
    this.replace(element('h2', '', 'Most waited for'), element('table', 'waited', element('tbody', '', ...rows)), hint);
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
