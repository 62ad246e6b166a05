/** The menu of what can be saved (Shift+E): pictures of what is seen, figures, and by the host the run in other forms. */
import './exporting.css';
import { button, element } from '../dom';
import type { Feature, Instrument } from '../feature';
import { fileName } from '../words';
import { pngOf } from './png';
import { seenOf } from './seen';
import { seenSvg, sizeOf } from './svg';

interface Entry {
  readonly words: string;
  readonly title: string;
  run(): void;
}

export interface Exports {
  /** Saves the figures of the chosen range. */
  statistics(): void;
}

export function exporting(instrument: Instrument, { statistics }: Exports): Feature {
  const { store, host, panel } = instrument;
  const nameOf = (extension: string): string =>
    `${fileName(store.run.file).replace(/\.pyw?$/, '') || 'timeline'}.${extension}`;
  const saveSvg = (): void => {
    const seen = seenOf(instrument);
    if (seen) host.saveText(nameOf('svg'), seenSvg(seen));
  };
  const savePng = async (): Promise<void> => {
    const seen = seenOf(instrument);
    if (!seen) return;
    try {
      host.saveBytes(nameOf('png'), await pngOf(seenSvg(seen), sizeOf(seen)));
    } catch (error) {
      instrument.say(`The picture could not be made: ${error instanceof Error ? error.message : error}`);
    }
  };
  const entries: readonly Entry[] = [
    { words: 'Picture of what is seen, SVG…', title: 'The lanes and the time in view, in these colours', run: saveSvg },
    { words: 'Picture of what is seen, PNG…', title: 'The same, as pixels', run: () => void savePng() },
    {
      words: 'Statistics, CSV…',
      title: 'Functions, units and waits of the chosen range, else of the whole run',
      run: statistics,
    },
    ...(host.isConnected
      ? [
          {
            words: 'Whole run: web page, Perfetto, SVG, CSV…',
            title: 'The run in a form that other tools read',
            run: () => host.post({ kind: 'command', command: 'export' }),
          },
        ]
      : []),
  ];

  const menu = element('div', 'export-menu');
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', 'Export');
  menu.hidden = true;
  let focusBefore: HTMLElement | undefined;
  const close = (): void => {
    if (menu.hidden) return;
    menu.hidden = true;
    (focusBefore ?? panel.chart).focus();
  };
  const toggle = (): void => {
    if (!menu.hidden) {
      close();
      return;
    }
    focusBefore = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    menu.hidden = false;
    menu.querySelector('button')?.focus();
  };
  const items = entries.map(({ words, title, run }) => {
    const item = button('export-entry', words, title, () => {
      close();
      run();
    });
    item.setAttribute('role', 'menuitem');
    return item;
  });
  menu.append(...items);
  menu.addEventListener('keydown', (event) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    if (by !== 0) items[(at + by + items.length) % items.length].focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key !== 'Enter' && event.key !== ' ') return;
    // Enter and the space bar press the entry; no key means anything else meanwhile.
    if (event.key !== 'Enter' && event.key !== ' ') event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener('focusout', (event) => {
    // It went elsewhere by itself, so it stays there.
    if (!menu.contains(event.relatedTarget as Node | null)) menu.hidden = true;
  });
  panel.toolbar.after(element('div', 'export-place', menu));
  return {
    commands: [{ keys: ['shift+e'], shown: 'Shift+E', words: 'export: pictures, figures, other forms', run: toggle }],
    closes: () => {
      if (menu.hidden) return false;
      close();
      return true;
    },
  };
}
