/** Statistics of a range: Shift and drag chooses it, R and Q as well; the foot has its figures. */
import './statistics.css';
import { type Range, type Statistics, statistics } from '../../common/analysis/statistics';
import { setText } from '../dom';
import type { Feature, Instrument } from '../feature';
import { stretchOf } from '../selection';
import { inSlices, type SlicedWork } from '../slices';
import { durationText, shareText } from '../timeText';
import { fileName } from '../words';
import type { Sorting } from './columns';
import { statisticsPage } from './page';
import { paintBand, paintRange } from './paintRange';
import { beginDrag, clamped, edgeAt, type RangeDrag, rangeOf } from './rangeDrag';
import type { TableName } from './rows';
import { statisticsCsv } from './statisticsCsv';

/** While the program runs figures are found out again after this, and after so many times what that took. */
const AGAIN_MS = 1000;
const AGAIN_FACTOR = 8;
/** How far it has come is told no more often. */
const TELL_MS = 250;
const BY_TOTAL: Sorting = { by: 'total', descending: true };

export interface StatisticsFeature extends Feature {
  /** Saves the figures of the range, or of the whole run, as soon as they are known. */
  saveCsv(): void;
}

interface Counting {
  readonly key: string;
  readonly work: SlicedWork;
  share: number;
}

export function statisticsFeature(instrument: Instrument): StatisticsFeature {
  const { store, panel, time, choices, host } = instrument;
  const page = instrument.foot.add('Statistics', 'Statistics of a range (R) or of the whole run (Q)');
  let range: Range | undefined;
  let drag: RangeDrag | undefined;
  let dragged = false;
  let table: TableName = 'functions';
  let sorting = BY_TOTAL;
  let counting: Counting | undefined;
  let known: { readonly key: string; readonly statistics: Statistics } | undefined;
  let countedAt = Number.NEGATIVE_INFINITY;
  let countedFor = 0;
  let isSaveAsked = false;
  let shown = '';
  let isPressed = false;
  page.host.addEventListener('pointerdown', () => {
    isPressed = true;
  });
  const released = (): void => {
    if (isPressed) instrument.changed();
    isPressed = false;
  };
  page.host.addEventListener('click', released, { capture: true });
  // Where no click comes after it.
  for (const name of ['pointerup', 'pointercancel']) window.addEventListener(name, () => setTimeout(released));

  const wanted = (): Range => range ?? { from: 0, to: Math.max(store.now, 1) };
  const keyOf = ({ from, to }: Range): string => `${from} ${range ? to : 'end'}`;
  const perPixel = (): number => time.length / Math.max(1, panel.chart.clientWidth);

  const count = (): void => {
    const key = `${store.version} ${keyOf(wanted())}`;
    if (known?.key === key || counting?.key === key) return;
    const isSameRange = (counting ?? known)?.key.endsWith(` ${keyOf(wanted())}`);
    // What is under way is finished, and not begun again with each message of a program that runs.
    if (isSameRange && counting) return;
    if (isSameRange && performance.now() < countedAt + Math.max(AGAIN_MS, countedFor * AGAIN_FACTOR)) return;
    counting?.work.cancel();
    const begun = performance.now();
    let toldAt = begun;
    const current: Counting = {
      key,
      share: 0,
      work: inSlices(
        statistics(store, wanted()),
        (share) => {
          current.share = share;
          if (performance.now() < toldAt + TELL_MS) return;
          toldAt = performance.now();
          instrument.changed();
        },
        (result) => {
          known = { key, statistics: result };
          counting = undefined;
          countedAt = performance.now();
          countedFor = countedAt - begun;
          if (isSaveAsked) save();
          instrument.changed();
        },
      ),
    };
    counting = current;
  };
  const choose = (chosen: Range | undefined): void => {
    range = chosen;
    instrument.say(`Statistics of ${chosen ? durationText(chosen.to - chosen.from) : 'the whole run'}`);
    page.show();
  };
  /** The selected bar, or what is shown. */
  const choosePart = (): void => {
    const { selection } = choices;
    const stretch = selection && stretchOf(store, selection, instrument.now());
    const meant = stretch && stretch.to > stretch.from ? stretch : time;
    choose(clamped({ from: meant.from, to: meant.to }, store.now));
  };
  const csv = (): string => (known ? statisticsCsv(store, known.statistics) : '');
  const save = (): void => {
    isSaveAsked = false;
    const program = fileName(store.run.file).replace(/\.pyw?$/, '') || 'run';
    host.saveText(`${program}-statistics.csv`, csv());
  };
  const build = (): void => {
    const isOfRange = known?.key.endsWith(` ${keyOf(wanted())}`);
    const state = { range: wanted(), isWhole: !range, statistics: isOfRange ? known?.statistics : undefined };
    const callbacks = {
      whole: () => choose(undefined),
      part: choosePart,
      copy: () => void host.copy(csv()).then(() => instrument.say('The statistics were copied')),
      save,
      turn: (to: TableName) => {
        table = to;
        sorting = BY_TOTAL;
        instrument.changed();
      },
      sort: (by: Sorting['by']) => {
        sorting = { by, descending: sorting.by === by ? !sorting.descending : by !== 'name' };
        instrument.changed();
      },
      selected: choices.jump.bind(choices),
      opened: instrument.open,
    };
    replaceKeepingFocus(page.host, statisticsPage(store, { ...state, table, sorting }, callbacks));
  };

  const follow = (event: MouseEvent): void => {
    if (!drag) return;
    const box = panel.chart.getBoundingClientRect();
    const at = time.from + (event.clientX - box.left) * perPixel();
    const next = rangeOf(drag, at, store.now, perPixel());
    dragged ||= next !== undefined;
    if (next) range = next;
    instrument.changed();
  };
  const drop = (event: MouseEvent): void => {
    window.removeEventListener('mousemove', follow);
    window.removeEventListener('mouseup', drop);
    follow(event);
    drag = undefined;
    if (dragged && range) choose(range);
  };
  const press = (event: MouseEvent, at: number): boolean => {
    dragged = false;
    drag = beginDrag(range, at, perPixel(), event.shiftKey);
    if (!drag) return false;
    window.addEventListener('mousemove', follow);
    window.addEventListener('mouseup', drop);
    return true;
  };

  return {
    saveCsv: () => {
      isSaveAsked = true;
      count();
      if (known && !counting) save();
    },
    commands: [
      {
        group: 'Figures',
        keys: ['r'],
        shown: 'R',
        words: 'statistics of the selected bar or of what is shown (Shift+drag)',
        run: choosePart,
      },
      { group: 'Figures', keys: ['q'], shown: 'Q', words: 'statistics of the whole run', run: () => choose(undefined) },
    ],
    kept: {
      name: 'statistics',
      save: () => ({ range, table }),
      restore: (value) => {
        const { range: from, table: shownTable } = value as { range?: Range; table: TableName };
        range = from;
        table = shownTable;
      },
    },
    pointer: (event, at) => {
      if (event.type === 'mousedown') return press(event, at);
      if (event.type === 'mousemove' && !drag)
        panel.chart.classList.toggle('on-edge', edgeAt(range, at, perPixel()) !== undefined);
      return event.type === 'click' && dragged;
    },
    paintChart: (surface) => {
      if (range) paintRange(surface, range);
    },
    paintMinimap: (surface) => {
      if (range) paintBand(surface, range);
    },
    refresh: () => {
      if (!page.isShown || drag) return;
      count();
      const key = [known?.key, keyOf(wanted()), table, sorting.by, sorting.descending].join();
      // A button that goes away while it is pressed is not clicked.
      if (key !== shown && !isPressed) {
        shown = key;
        build();
      }
      const progress = page.host.querySelector<HTMLElement>('.statistics-progress');
      if (progress) setText(progress, counting ? `counting, ${shareText(counting.share)}` : '');
    },
    closes: () => {
      if (!range) return false;
      range = undefined;
      panel.chart.classList.remove('on-edge');
      instrument.changed();
      return true;
    },
    forget: () => {
      counting?.work.cancel();
      counting = undefined;
      known = undefined;
      range = undefined;
      shown = '';
    },
  };
}

/** The button that was pressed is still the one at which the keys are. */
function replaceKeepingFocus(host: HTMLElement, nodes: readonly Node[]): void {
  const buttons = [...host.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const { scrollTop } = host;
  host.replaceChildren(...nodes);
  host.scrollTop = scrollTop;
  if (at >= 0) host.querySelectorAll('button')[at]?.focus({ preventScroll: true });
}
