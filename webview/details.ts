/** The foot of the panel: what is selected, in words, each name a link. */
import type { Site } from '../common/trace';
import type { Description, Part } from './describe';
import { element } from './dom';

export interface LinkCallbacks {
  opened(site: Site): void;
  jumped(unit: number, time: number): void;
}

export class Details {
  private shown = '';

  constructor(
    private readonly host: HTMLElement,
    private readonly callbacks: LinkCallbacks,
  ) {}

  show(description: Description | undefined): void {
    // Told once: rebuilding equal links would take the focus from the one that has it.
    const key = description ? JSON.stringify([description.title, description.facts]) : '';
    if (key === this.shown && this.host.firstChild) return;
    this.shown = key;
    if (!description) {
      this.host.replaceChildren(element('p', 'hint', 'Click a bar to read what it is, or reach it with the arrow keys. ? shows all keys.'));
      return;
    }
    const list = element('dl', 'facts');
    for (const fact of description.facts) {
      const value = element('dd', '', ...fact.parts.map((part) => this.render(part)));
      list.append(element('dt', '', fact.name), value);
    }
    const focused = this.indexOfFocus();
    this.host.replaceChildren(element('h2', '', description.title), list);
    if (focused >= 0) this.host.querySelectorAll('button')[focused]?.focus();
  }

  private indexOfFocus(): number {
    return [...this.host.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement);
  }

  private render(part: Part): Node | string {
    if (typeof part === 'string') return part;
    const link = element('button', 'link', part.text);
    link.type = 'button';
    if ('site' in part) {
      link.title = `Open ${part.site.file}${part.site.line ? `:${part.site.line}` : ''}`;
      link.addEventListener('click', () => this.callbacks.opened(part.site));
    } else {
      link.title = 'Show it in the timeline';
      link.addEventListener('click', () => this.callbacks.jumped(part.unit, part.time));
    }
    return link;
  }
}
