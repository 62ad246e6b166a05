/** The menu of what can be saved (Shift+E): pictures of what is seen, figures, and by the host the run in other forms. */
import type { Feature, Instrument } from '../feature';
import { Menu, type MenuEntry } from '../menu';
import { fileName } from '../words';
import { pngOf } from './png';
import { seenOf } from './seen';
import { seenSvg, sizeOf } from './svg';

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
  const entries: readonly MenuEntry[] = [
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

  const menu = new Menu(panel.toolbar, panel.chart, 'Export', entries);
  return {
    commands: [
      {
        group: 'Notes and more',
        keys: ['shift+e'],
        shown: 'Shift+E',
        words: 'export: pictures, figures, other forms',
        run: () => menu.toggle(),
      },
    ],
    closes: () => menu.close(),
  };
}
