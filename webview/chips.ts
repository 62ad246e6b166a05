/** A row of what is hidden, dimmed or sorted, so that it is never forgotten; each part has its way back. */
import './chips.css';
import { button, element } from './dom';

export interface Chip {
  readonly words: string;
  /** What its button does, in words. */
  readonly undoWords: string;
  readonly undo: () => void;
  /** What its words open, where they do. */
  readonly open?: () => void;
}

/** The chips of one feature in the panel's row; drawn again only when they say something else. */
export class Chips {
  private readonly group = element('span', 'chip-group');
  private shown = '[]';

  constructor(private readonly row: HTMLElement) {
    row.append(this.group);
  }

  show(chips: readonly Chip[]): void {
    const key = JSON.stringify(chips.map(({ words, undoWords }) => [words, undoWords]));
    if (key === this.shown) return;
    this.shown = key;
    const hadFocus = this.group.contains(document.activeElement);
    this.group.replaceChildren(...chips.map(chipElement));
    this.row.hidden = this.row.querySelector('.chip') === null;
    if (hadFocus)
      (this.row.querySelector<HTMLElement>('.chip button') ?? document.querySelector<HTMLElement>('.chart'))?.focus();
  }
}

function chipElement({ words, undoWords, undo, open }: Chip): HTMLElement {
  const label = open ? button('chip-words', words, 'Change it', open) : element('span', 'chip-words', words);
  label.title = words;
  const way = button('chip-undo', '✕', undoWords, undo);
  way.setAttribute('aria-label', `${undoWords}: ${words}`);
  return element('span', 'chip', label, way);
}
