/** The foot of the panel: pages of which one is shown, the first being what is selected. */
import { button, element, setText } from './dom';

export interface FootPage {
  readonly host: HTMLElement;
  readonly isShown: boolean;
  show(): void;
  /** Calls it another name from now on, such as one with a count. */
  rename(name: string): void;
}

export class Foot {
  private readonly tabs = element('div', 'foot-tabs');
  private readonly pages: { readonly tab: HTMLButtonElement; readonly page: HTMLElement }[] = [];

  /** `changed` is called when another page is shown. */
  constructor(
    private readonly host: HTMLElement,
    first: HTMLElement,
    private readonly changed: () => void,
  ) {
    this.tabs.setAttribute('role', 'tablist');
    this.tabs.setAttribute('aria-label', 'What is told below the timeline');
    this.tabs.addEventListener('keydown', (event) => this.key(event));
    host.prepend(this.tabs);
    this.enlist('Selected', 'What is selected', first);
    this.show(first);
  }

  /** Adds a page; `title` says more than its short name. */
  add(name: string, title: string): FootPage {
    const page = element('div', 'foot-page');
    this.host.append(page);
    const tab = this.enlist(name, title, page);
    page.hidden = true;
    return {
      host: page,
      get isShown() {
        return !page.hidden;
      },
      show: () => this.show(page),
      rename: (words) => setText(tab, words),
    };
  }

  get isOnFirst(): boolean {
    return !this.pages[0].page.hidden;
  }

  showFirst(): void {
    this.show(this.pages[0].page);
  }

  private enlist(name: string, title: string, page: HTMLElement): HTMLButtonElement {
    const tab = button('foot-tab', name, title, () => this.show(page));
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-selected', 'false');
    tab.tabIndex = -1;
    page.setAttribute('role', 'tabpanel');
    page.setAttribute('aria-label', title);
    this.pages.push({ tab, page });
    this.tabs.append(tab);
    return tab;
  }

  private show(page: HTMLElement): void {
    for (const each of this.pages) {
      each.page.hidden = each.page !== page;
      each.tab.setAttribute('aria-selected', String(each.page === page));
      each.tab.tabIndex = each.page === page ? 0 : -1;
    }
    this.host.classList.toggle('on-first-page', page === this.pages[0].page);
    this.changed();
  }

  private key(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const at = this.pages.findIndex(({ page }) => !page.hidden);
    const next = this.pages[(at + by + this.pages.length) % this.pages.length];
    this.show(next.page);
    next.tab.focus();
  }
}
