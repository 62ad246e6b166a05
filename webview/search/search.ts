/** Search: what has all words of a text is framed, counted, and gone to in the order of time. */
import type { Feature, Instrument } from '../feature';
import { isSameMeant, MarkedRows } from '../markedRows';
import type { Selection } from '../selection';
import { Slices } from '../slices';
import { wordsOf } from '../textWords';
import { type Found, find } from './found';
import { foundWords } from './foundWords';
import { type Matches, matchColumns, paintMatchColumns, paintMatches } from './paintMatches';
import { type MatchPlace, type Step, stepTo } from './places';
import { SearchBar } from './searchBar';

/** Where one was before. */
interface Before {
  readonly from: number;
  readonly to: number;
  readonly isFollowing: boolean;
  readonly scrollTop: number;
  readonly selection: Selection | undefined;
  readonly lane: string;
}

export function search(instrument: Instrument): Feature {
  const { panel, store, chart, choices, time } = instrument;
  let matches: Matches | undefined;
  let version = -1;
  let step: Step | undefined;
  let before: Before | undefined;
  let columns: { readonly key: string; readonly has: Uint8Array } = { key: '', has: new Uint8Array() };
  const slices = new Slices(() => instrument.changed());

  const bar = new SearchBar(panel.chips, {
    changed: (text) => {
      step = undefined;
      take(text);
      instrument.changed();
    },
    stepped: (direction) => go(direction),
    left: () => leave(),
    closed: () => close(),
  });

  /** Finds out anew what is meant; what was counted stays as long as the same is meant. */
  const take = (text: string): void => {
    const words = wordsOf(text);
    version = store.version;
    if (words.length === 0) {
      matches = undefined;
      slices.stop();
      return;
    }
    const found: Found = find(store, words);
    const isSame = matches !== undefined && !matches.marked.isStale && isSameMeant(matches.marked.meant, found);
    const marked = matches && isSame ? matches.marked : new MarkedRows(store, found);
    marked.meant = found;
    matches = { store, found, marked };
    if (!marked.isComplete) slices.start(marked);
  };
  const open = (): void => {
    if (!panel.stage.hidden && !bar.isOpen)
      before = {
        from: time.from,
        to: time.to,
        isFollowing: time.following,
        scrollTop: panel.body.scrollTop,
        selection: choices.selection,
        lane: choices.lane,
      };
    bar.open();
    if (matches === undefined) take(bar.text);
  };
  const close = (): void => {
    bar.close();
    matches = undefined;
    step = undefined;
    before = undefined;
    slices.stop();
    panel.chart.focus({ preventScroll: true });
    instrument.changed();
  };
  const leave = (): void => {
    // Who has gone on to something else stays there.
    const isAtMatch = step !== undefined && JSON.stringify(choices.selection) === JSON.stringify(step.place.selection);
    if (before && isAtMatch) {
      if (before.isFollowing) time.follow();
      else time.glideTo(before.from, before.to);
      choices.select(before.selection, before.lane);
      panel.body.scrollTop = before.scrollTop;
    }
    close();
  };
  const go = (direction: 1 | -1): void => {
    if (!bar.isOpen) return open();
    if (store.version !== version) take(bar.text);
    if (!matches) return;
    const from: MatchPlace | number = step?.place ?? (direction > 0 ? time.from : time.to);
    step = stepTo(store, matches.found, from, direction, chart.laneOfUnit);
    if (!step) return instrument.say('Nothing found');
    choices.jump(step.place.selection);
    const where = step.wrapped && step.all > 1 ? `, from the ${direction > 0 ? 'start' : 'end'} again` : '';
    instrument.say(`${placeWords(step)}${where}. ${panel.announcer.textContent}`);
    instrument.changed();
  };

  return {
    commands: [
      {
        group: 'Find',
        keys: ['/', 'ctrl+f'],
        shown: '/, Ctrl+F',
        words: 'search functions, units, locks, findings',
        run: open,
      },
      { group: 'Find', keys: ['f3'], shown: 'F3', words: 'next match in the order of time', run: () => go(1) },
      { group: 'Find', keys: ['shift+f3'], shown: 'Shift+F3', words: 'match before', run: () => go(-1) },
    ],
    kept: {
      name: 'search',
      save: () => (bar.isOpen ? bar.text : undefined),
      restore: (value) => {
        if (typeof value !== 'string') return;
        bar.text = value;
        open();
      },
    },
    paintBars: (surface, scrollTop) => {
      const view = choices.drawn?.view;
      if (!matches || !view) return;
      const inView = chart.lanes.slice(chart.first, chart.last);
      paintMatches(surface, matches, inView, scrollTop, view, choices.now);
    },
    paintMinimap: (surface) => {
      if (matches) paintMatchColumns(surface, columns.has);
    },
    refresh: (now) => {
      if (!bar.isOpen) return;
      if (store.version !== version) take(bar.text);
      const words = matches ? foundWords(store, matches.found, matches.marked) : '';
      bar.tell(words, step ? placeWords(step) : '');
      if (!matches) return;
      const width = panel.minimap.clientWidth;
      const key = `${bar.text} ${matches.marked.version} ${width} ${now} ${matches.found.findings.length}`;
      if (key !== columns.key) columns = { key, has: matchColumns(matches, width, now) };
    },
    forget: () => {
      matches = undefined;
      step = undefined;
      before = undefined;
    },
    closes: () => {
      if (!bar.isOpen) return false;
      leave();
      return true;
    },
  };
}

function placeWords({ number, all }: Step): string {
  return `${number.toLocaleString('en')} of ${all.toLocaleString('en')}`;
}
