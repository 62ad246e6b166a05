/** The program's own marks and the reader's notes: drawn over the chart, listed in the foot, notes kept with the trace. */
import './notes.css';
import type { Mark, Note } from '../../common/trace';
import { button, element } from '../dom';
import type { Feature, Instrument } from '../feature';
import { selectionAt, stretchOf } from '../selection';
import { timeText } from '../timeText';
import { nameOf, placeWords } from '../words';
import { type Flag, paintFlags, placeFlags } from './flags';

/** More of the program's marks than this are drawn, but not listed. */
const MOST_LISTED = 500;

export function notes(instrument: Instrument): Feature {
  const { store, choices, time, host, foot, panel } = instrument;
  const page = foot.add('Notes', 'Marks of the program and notes of yours (Shift+M)');
  let shown = '';
  let flags: { readonly marks: readonly Mark[]; readonly notes: readonly Note[]; readonly all: readonly Flag[] } = {
    marks: [],
    notes: [],
    all: [],
  };

  const keep = (changed: readonly Note[]): void => {
    store.notes = changed;
    host.post({ kind: 'notes', notes: changed });
    instrument.changed();
  };
  const allFlags = (): readonly Flag[] => {
    if (flags.marks !== store.marks || flags.notes !== store.notes) {
      const marked = store.marks.map(({ time: at, label }): Flag => ({ time: at, words: label, kind: 'mark' }));
      const noted = store.notes.map(({ time: at, text }): Flag => ({ time: at, words: text, kind: 'note' }));
      const all = [...marked, ...noted].sort((a, b) => a.time - b.time);
      flags = { marks: store.marks, notes: store.notes, all };
    }
    return flags.all;
  };
  /** Where the pointer is, else where the selection begins, else in the middle. */
  const placeOfNew = (): Pick<Note, 'time' | 'unit'> => {
    const pointed = instrument.pointerTime();
    const stretch = choices.selection && stretchOf(store, choices.selection, instrument.now());
    const unit = stretch?.unit ?? -1;
    if (!Number.isNaN(pointed)) return { time: pointed, unit };
    return { time: stretch?.from ?? (time.from + time.to) / 2, unit };
  };
  const add = (): void => {
    if (!host.isConnected) {
      instrument.say('Notes of this page cannot be changed: it has nobody to keep them.');
      return;
    }
    const id = Math.max(0, ...store.notes.map((note) => note.id)) + 1;
    keep([...store.notes, { id, ...placeOfNew(), text: '' }].sort((a, b) => a.time - b.time));
    page.show();
    build();
    page.host.querySelector<HTMLInputElement>(`input[data-id="${id}"]`)?.focus();
  };
  const goTo = (at: number, unit: number): void => {
    const half = time.length / 2;
    if (at < time.from || at > time.to) time.glideTo(at - half, at + half);
    if (unit >= 0) choices.jump(selectionAt(store, unit, at));
    instrument.changed();
  };
  const noteRow = (note: Note): HTMLElement => {
    const field = element('input', '');
    field.value = note.text;
    field.dataset.id = String(note.id);
    field.maxLength = 2000;
    field.placeholder = 'What is to be seen here?';
    field.ariaLabel = `Note at ${timeText(note.time, 1e6)}`;
    field.readOnly = !host.isConnected;
    field.addEventListener('change', () => {
      keep(store.notes.map((each) => (each.id === note.id ? { ...each, text: field.value } : each)));
    });
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      field.blur();
      panel.chart.focus();
    });
    const remove = button('remove', '✕', 'Remove this note', () => {
      keep(store.notes.filter((each) => each.id !== note.id));
    });
    remove.ariaLabel = `Remove the note at ${timeText(note.time, 1e6)}`;
    const last = host.isConnected ? [element('td', '', remove)] : [];
    return row(note.time, note.unit, element('td', 'of-text', field), ...last);
  };
  const markRow = (mark: Mark): HTMLElement => {
    const site = store.site(mark.site);
    const line = site ? [button('link', placeWords(site), 'Open the line', () => instrument.open(site))] : [];
    return row(mark.time, mark.unit, element('td', 'of-text', mark.label), element('td', '', ...line));
  };
  const row = (at: number, unit: number, ...cells: readonly HTMLElement[]): HTMLElement => {
    const link = button('link', timeText(at, 1e6), 'Show it in the timeline', () => goTo(at, unit));
    const who = unit >= 0 ? nameOf(store, unit) : '';
    return element('tr', '', element('td', '', link), element('td', '', who), ...cells);
  };
  const build = (): void => {
    const listed = store.marks.slice(0, MOST_LISTED);
    const rows = [...store.notes.map(noteRow), ...listed.map(markRow)];
    const more = store.marks.length - listed.length;
    const hint = host.isConnected
      ? 'M makes a note where the pointer is; it is kept with the trace. interleave.mark("…") in the program marks a moment.'
      : 'Notes are kept with the trace from which this page was made.';
    page.host.replaceChildren(
      ...(rows.length > 0 ? [element('table', 'notes-list', element('tbody', '', ...rows))] : []),
      ...(more > 0 ? [element('p', 'hint', `${more.toLocaleString('en')} more marks are drawn, but not listed.`)] : []),
      element('p', 'hint', hint),
    );
    shown = keyOf();
  };
  const keyOf = (): string => JSON.stringify([store.notes, store.marks.length, store.unitVersion]);

  return {
    commands: [
      { group: 'Notes and more', keys: ['m'], shown: 'M', words: 'make a note here', run: add },
      {
        group: 'Notes and more',
        keys: ['shift+m'],
        shown: 'Shift+M',
        words: 'list notes and marks',
        run: () => page.show(),
      },
    ],
    paintChart: (surface) => {
      paintFlags(surface, placeFlags(allFlags(), { from: time.from, to: time.to, width: surface.width }));
    },
    paintMinimap: ({ context, theme, x, height, width }) => {
      for (const { time: at, kind } of placeFlags(allFlags(), { from: 0, to: Math.max(1, instrument.now()), width })) {
        context.fillStyle = kind === 'note' ? theme.focus : theme.foreground;
        context.fillRect(Math.round(x(at)), kind === 'note' ? 0 : height - 5, 1, 5);
      }
    },
    refresh: () => {
      const isTyping = page.host.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement;
      if (page.isShown && !isTyping && keyOf() !== shown) build();
    },
    forget: () => {
      shown = '';
    },
  };
}
