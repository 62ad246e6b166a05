/** The critical path: C draws it over the chart and tells in the foot what its time went into. */
import './causality.css';
import { type CriticalPath, criticalPath } from '../../common/analysis/criticalPath';
import { type CriticalShares, criticalShares } from '../../common/analysis/criticalShares';
import { element } from '../dom';
import type { Feature, Instrument } from '../feature';
import { durationText } from '../timeText';
import { paintPath } from './paintPath';
import { pathPage } from './pathPage';
import { objectWords } from './pathWords';

const NOT_YET = 'The critical path is known when the program has ended: what its end will have waited for decides it.';
const NOTHING = 'Nothing was recorded that could have a critical path.';

export function criticalPathFeature(instrument: Instrument): Feature {
  const { store, chart, choices, time } = instrument;
  const page = instrument.foot.add('Critical path', 'What the length of the run came from (C)');
  let isOn = false;
  let known: { readonly version: number; readonly path: CriticalPath; readonly shares: CriticalShares } | undefined;
  let shown = '';

  const isOver = (): boolean => store.run.state.kind === 'ended' || store.run.state.kind === 'failed';
  /** Made when it is asked for, and again when late records came in. */
  const found = (): typeof known => {
    if (!isOver()) return undefined;
    if (known?.version !== store.version) {
      const path = criticalPath(store);
      known = { version: store.version, path, shares: criticalShares(store, path) };
    }
    return known;
  };
  const toggle = (): void => {
    isOn = !isOn;
    if (!isOn) {
      if (page.isShown) instrument.foot.showFirst();
      instrument.say('The critical path is hidden');
      return;
    }
    page.show();
    const { path, shares } = found() ?? {};
    const most = shares?.objects[0];
    if (!path || !shares) instrument.say(NOT_YET);
    else
      instrument.say(
        `Critical path, ${durationText(shares.whole)}${most ? `, most in waits for ${objectWords(store, most.key + 1)}` : ''}`,
      );
  };
  const build = (): readonly Node[] => {
    const { path, shares } = found() ?? {};
    if (!path || !shares) return [element('p', 'hint', NOT_YET)];
    if (path.segments.length === 0) return [element('p', 'hint', NOTHING)];
    return pathPage(store, path, shares, {
      selected: (selection) => choices.jump(selection),
      opened: (site) => instrument.open(site),
    });
  };
  return {
    commands: [
      {
        group: 'Figures',
        keys: ['c'],
        shown: 'C',
        words: 'critical path: what the length of the run came from',
        run: toggle,
      },
    ],
    kept: {
      name: 'criticalPath',
      save: () => isOn,
      restore: (value) => {
        isOn = value === true;
      },
    },
    paintBars: (surface, scrollTop) => {
      const path = isOn ? found()?.path : undefined;
      if (!path || path.segments.length === 0) return;
      const { lanes, laneOfUnit } = chart;
      paintPath(surface, path.segments, { lanes, laneOfUnit, scrollTop, from: time.from, to: time.to });
    },
    refresh: () => {
      if (!page.isShown) return;
      const key = `${isOver()} ${isOver() ? store.version : 0}`;
      if (key === shown) return;
      shown = key;
      page.host.replaceChildren(...build());
    },
    takesBack: () => {
      if (!isOn) return false;
      toggle();
      return true;
    },
    forget: () => {
      known = undefined;
      shown = '';
    },
  };
}
