/** The form in which a filter is put together, below the head of the panel. */
import './filter.css';
import { button, element, setText } from '../dom';
import { countWords, fileName } from '../words';
import { durationOf, type FilterState, KINDS, type KindName, STATES, type StateName, shortText } from './filterState';

export interface FilterFormCallbacks {
  changed(part: Partial<FilterState>): void;
  cleared(): void;
  closed(): void;
}

/** More files make a list that nobody reads. */
const MOST_FILES = 200;

export class FilterForm {
  private readonly form: HTMLElement;
  private readonly files = element('div', 'filter-files');
  private readonly counting = element('span', 'filter-note');
  private readonly shortest = element('input', 'filter-text');
  private readonly name = element('input', 'filter-text');
  private readonly states: readonly Check<StateName>[];
  private readonly kinds: readonly Check<KindName>[];
  private readonly hides: HTMLInputElement;
  private shownFiles = '';

  constructor(
    above: HTMLElement,
    private readonly callbacks: FilterFormCallbacks,
  ) {
    const { shortest, name } = this;
    this.states = (Object.keys(STATES) as StateName[]).map((value) =>
      checkOf(value, STATES[value].words, () => this.told()),
    );
    this.kinds = (Object.keys(KINDS) as KindName[]).map((value) => checkOf(value, KINDS[value], () => this.told()));
    shortest.type = 'text';
    shortest.placeholder = '1 ms';
    shortest.setAttribute('aria-label', 'Shortest length, like 1 ms');
    name.type = 'text';
    name.placeholder = 'name';
    name.setAttribute('aria-label', 'Words in the name of the lane');
    for (const input of [shortest, name]) input.addEventListener('input', () => this.told());
    const hides = checkOf('hides', 'hide lanes without matches', () => this.told());
    this.hides = hides.input;
    const close = button('close', '✕', 'Close (Esc); the filter stays', () => callbacks.closed());
    close.setAttribute('aria-label', 'Close the filter');
    this.form = element(
      'div',
      'filter-form',
      close,
      group('Bars', ...this.states.map(({ label }) => label), element('label', 'filter-check', 'at least', shortest)),
      group('Files', this.files, this.counting),
      group('Lanes', ...this.kinds.map(({ label }) => label), name, hides.label),
      button('filter-clear', 'Clear', 'Filter nothing', () => callbacks.cleared()),
    );
    this.form.setAttribute('role', 'dialog');
    this.form.setAttribute('aria-label', 'Filter');
    this.form.hidden = true;
    above.after(this.form);
    this.form.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      callbacks.closed();
    });
  }

  get isOpen(): boolean {
    return !this.form.hidden;
  }

  open(state: FilterState): void {
    this.show(state);
    this.form.hidden = false;
    this.states[0].input.focus();
  }

  close(): void {
    this.form.hidden = true;
  }

  /** What is chosen. */
  show(state: FilterState): void {
    for (const { value, input } of this.states) input.checked = state.states.has(value);
    for (const { value, input } of this.kinds) input.checked = state.kinds.has(value);
    this.hides.checked = state.hides;
    if (durationOf(this.shortest.value) !== state.shortest)
      this.shortest.value = state.shortest > 0 ? shortText(state.shortest) : '';
    if (this.name.value !== state.name) this.name.value = state.name;
    for (const input of this.files.querySelectorAll('input')) input.checked = state.files.has(input.value);
  }

  /** The files of which there are calls. */
  showFiles(
    counts: readonly (readonly [file: string, calls: number])[],
    isComplete: boolean,
    state: FilterState,
  ): void {
    const more = counts.length - MOST_FILES;
    const note = isComplete ? (more > 0 ? `${countWords(more, 'file')} more` : '') : 'counting…';
    setText(this.counting, counts.length === 0 && isComplete ? 'no calls were recorded' : note);
    const key = JSON.stringify(counts);
    if (key === this.shownFiles) return;
    this.shownFiles = key;
    const focused = this.files.contains(document.activeElement)
      ? (document.activeElement as HTMLInputElement).value
      : '';
    this.files.replaceChildren(
      ...counts.slice(0, MOST_FILES).map(([file, calls]) => {
        const { label, input } = checkOf(file, fileName(file), () => this.told());
        label.title = file;
        label.append(element('span', 'filter-note', countWords(calls, 'call')));
        input.checked = state.files.has(file);
        return label;
      }),
    );
    for (const input of this.files.querySelectorAll('input')) if (focused && input.value === focused) input.focus();
  }

  private told(): void {
    const shortest = durationOf(this.shortest.value);
    this.shortest.setAttribute('aria-invalid', String(shortest === undefined));
    const files = [...this.files.querySelectorAll('input')].filter(({ checked }) => checked);
    this.callbacks.changed({
      states: chosen(this.states),
      kinds: chosen(this.kinds),
      files: new Set(files.map(({ value }) => value)),
      name: this.name.value,
      hides: this.hides.checked,
      ...(shortest === undefined ? {} : { shortest }),
    });
  }
}

interface Check<T extends string> {
  readonly value: T;
  readonly label: HTMLLabelElement;
  readonly input: HTMLInputElement;
}

function checkOf<T extends string>(value: T, words: string, changed: () => void): Check<T> {
  const input = element('input', '');
  input.type = 'checkbox';
  input.value = value;
  input.addEventListener('change', changed);
  return { value, input, label: element('label', 'filter-check', input, element('span', 'filter-words', words)) };
}

function chosen<T extends string>(checks: readonly Check<T>[]): Set<T> {
  return new Set(checks.filter(({ input }) => input.checked).map(({ value }) => value));
}

function group(title: string, ...children: readonly Node[]): HTMLElement {
  return element('fieldset', 'filter-group', element('legend', '', title), ...children);
}
