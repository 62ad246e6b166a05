/** The bar at the top of the chart in which one writes what is searched. */
import './search.css';
import { button, element, setText } from '../dom';

export interface SearchBarCallbacks {
  changed(text: string): void;
  stepped(direction: 1 | -1): void;
  /** Esc: all is as it was before. */
  left(): void;
  /** The button: one stays where one is. */
  closed(): void;
}

export class SearchBar {
  private readonly input = element('input', 'search-text');
  private readonly count = element('span', 'search-count');
  private readonly place = element('span', 'search-place');
  private readonly bar: HTMLElement;

  constructor(above: HTMLElement, callbacks: SearchBarCallbacks) {
    const { input, count, place } = this;
    input.type = 'text';
    input.spellcheck = false;
    input.placeholder = 'function, thread, lock, finding';
    input.setAttribute('aria-label', 'Search functions, units, objects and findings');
    count.setAttribute('role', 'status');
    const back = button('search-step', '↑', 'Match before (Shift+Enter, Shift+F3)', () => callbacks.stepped(-1));
    const next = button('search-step', '↓', 'Next match (Enter, F3)', () => callbacks.stepped(1));
    const close = button('search-step', '✕', 'Close and stay here (Esc goes back)', () => callbacks.closed());
    back.setAttribute('aria-label', 'Match before');
    next.setAttribute('aria-label', 'Next match');
    close.setAttribute('aria-label', 'Close the search');
    this.bar = element('div', 'search-bar', input, back, next, close, place, count);
    this.bar.setAttribute('role', 'search');
    this.bar.hidden = true;
    above.after(this.bar);
    input.addEventListener('input', () => callbacks.changed(input.value));
    this.bar.addEventListener('keydown', (event) => {
      const steps = event.key === 'F3' || (event.key === 'Enter' && event.target === input);
      const isFind = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
      if (!steps && !isFind && event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      if (steps) callbacks.stepped(event.shiftKey ? -1 : 1);
      else if (isFind) input.select();
      else callbacks.left();
    });
  }

  get isOpen(): boolean {
    return !this.bar.hidden;
  }

  open(): void {
    this.bar.hidden = false;
    this.input.focus();
    this.input.select();
  }

  close(): void {
    this.bar.hidden = true;
  }

  get text(): string {
    return this.input.value;
  }

  set text(text: string) {
    this.input.value = text;
  }

  /** `place`: which of the matches is shown, `3 of 12`. */
  tell(count: string, place: string): void {
    setText(this.count, count);
    setText(this.place, place);
  }
}
