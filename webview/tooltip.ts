/** A few words beside the pointer. */
import type { Description } from './describe';
import { element } from './dom';

const SHOWN_FACTS = new Set([
  'for',
  'kind',
  'held by',
  'ended by',
  'why',
  'note',
  'where',
  'function',
  'to see each',
  'ended',
  'waits for',
  'at',
  'held',
  'waited for',
  'items',
  'meanwhile',
]);

export class Tooltip {
  private shown = '';

  constructor(private readonly box: HTMLElement) {}

  show(description: Description, x: number, y: number): void {
    const facts = description.facts.filter((fact) => SHOWN_FACTS.has(fact.name)).slice(0, 5);
    const words = facts.map(
      (fact) => `${fact.name} ${fact.parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')}`,
    );
    const key = [description.title, ...words].join('\n');
    if (key !== this.shown) {
      this.shown = key;
      this.box.replaceChildren(
        element('strong', '', description.title),
        ...words.map((line) => element('div', '', line)),
      );
    }
    this.box.hidden = false;
    // Beside the pointer, on the side that has room.
    const { offsetWidth, offsetHeight } = this.box;
    const left = x + 14 + offsetWidth > innerWidth ? Math.max(4, x - offsetWidth - 10) : x + 14;
    const top = y + 18 + offsetHeight > innerHeight ? Math.max(4, y - offsetHeight - 10) : y + 18;
    this.box.style.left = `${left}px`;
    this.box.style.top = `${top}px`;
  }

  hide(): void {
    this.box.hidden = true;
  }
}
