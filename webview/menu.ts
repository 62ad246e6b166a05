/** A menu below the buttons: opened by one of them or by a key, left by Esc or by going elsewhere. */
import './menu.css';
import { button, element } from './dom';

export interface MenuEntry {
  readonly words: string;
  readonly title: string;
  readonly run: () => void;
}

export class Menu {
  private readonly items: readonly HTMLButtonElement[];
  private readonly box = element('div', 'menu');
  private focusBefore: HTMLElement | undefined;

  /** `fallback` gets the focus when nobody had it before. */
  constructor(
    toolbar: HTMLElement,
    private readonly fallback: HTMLElement,
    label: string,
    entries: readonly MenuEntry[],
  ) {
    this.items = entries.map(({ words, title, run }) => {
      const item = button('menu-entry', words, title, () => {
        this.close();
        run();
      });
      item.setAttribute('role', 'menuitem');
      return item;
    });
    this.box.setAttribute('role', 'menu');
    this.box.setAttribute('aria-label', label);
    this.box.hidden = true;
    this.box.append(...this.items);
    this.box.addEventListener('keydown', (event) => this.key(event));
    this.box.addEventListener('focusout', (event) => {
      // It went elsewhere by itself, so it stays there.
      if (!this.box.contains(event.relatedTarget as Node | null)) this.box.hidden = true;
    });
    toolbar.after(element('div', 'menu-place', this.box));
  }

  toggle(): void {
    if (this.close()) return;
    this.focusBefore = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    this.box.hidden = false;
    this.items[0].focus();
  }

  /** True when it was open. */
  close(): boolean {
    if (this.box.hidden) return false;
    this.box.hidden = true;
    (this.focusBefore ?? this.fallback).focus();
    return true;
  }

  private key(event: KeyboardEvent): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const at = this.items.indexOf(document.activeElement as HTMLButtonElement);
    if (by !== 0) this.items[(at + by + this.items.length) % this.items.length].focus();
    else if (event.key === 'Escape' || event.key === 'Tab') this.close();
    else if (event.key !== 'Enter' && event.key !== ' ') return;
    // Enter and the space bar press the entry; no key means anything else meanwhile.
    if (event.key !== 'Enter' && event.key !== ' ') event.preventDefault();
    event.stopPropagation();
  }
}
