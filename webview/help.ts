/** Keys and legend, over the chart. */
import './help.css';
import { COMMAND_GROUPS, type Command } from './command';
import { button, element } from './dom';
import { legend } from './panel';

export class Help {
  private focusBefore: HTMLElement | undefined;

  constructor(
    private readonly box: HTMLElement,
    private readonly fallback: HTMLElement,
    commands: readonly Command[],
  ) {
    const groups = COMMAND_GROUPS.map((group) =>
      element('section', 'key-group', element('h3', '', group), keyTable(commands, group)),
    );
    const close = button('close', '✕', 'Close (Esc)', () => this.toggle());
    close.setAttribute('aria-label', 'Close');
    box.append(
      close,
      element('h2', '', 'Keys'),
      element('div', 'key-groups', ...groups),
      element('h2', '', 'Legend'),
      legend(),
    );
  }

  toggle(): void {
    if (this.box.hidden) {
      this.focusBefore = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
      this.box.hidden = false;
      this.box.focus();
      return;
    }
    this.box.hidden = true;
    (this.focusBefore ?? this.fallback).focus();
  }

  /** True when the key closed it; Tab stays inside while it is open. */
  key(event: KeyboardEvent): boolean {
    if (this.box.hidden) return false;
    if (event.key === 'Tab') {
      event.preventDefault();
      this.box.querySelector('button')?.focus();
      return true;
    }
    if (event.key !== 'Escape' && event.key !== '?') return false;
    event.preventDefault();
    this.toggle();
    return true;
  }
}

function keyTable(commands: readonly Command[], wanted: Command['group']): HTMLElement {
  const rows = commands
    .filter(({ group }) => group === wanted)
    .map(({ shown, words }) => {
      const keys = shown.split(', ').map((key) => element('kbd', '', key));
      return element('tr', '', element('td', '', ...keys), element('td', '', words));
    });
  return element('table', 'keys', element('tbody', '', ...rows));
}
