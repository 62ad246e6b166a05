/** Advice: patterns that cost time, listed in the foot (Shift+L); one that is chosen is framed where it is seen. */
import './advice.css';
import type { Advice, AdviceStretch } from '../../common/advice';
import type { Feature, Instrument } from '../feature';
import { LANE_HEIGHT } from '../lanes';
import { paintFrame } from '../paintMarks';
import { advicePage, keyOf } from './advicePage';

const MARGIN_PART = 0.08;

export function advice(instrument: Instrument): Feature {
  const { chart, choices, panel, store, time } = instrument;
  const page = instrument.foot.add('Advice', 'Patterns that cost time, and what to do about them (Shift+L)');
  /** Key of the one that is framed, '' for none. */
  let chosen = '';
  let shown: unknown[] = [];

  const chosenAdvice = (): Advice | undefined => store.advice.all.find((each) => keyOf(each) === chosen);
  const choose = (one: Advice): void => {
    if (keyOf(one) === chosen) {
      chosen = '';
      return instrument.changed();
    }
    chosen = keyOf(one);
    const [first] = one.stretches;
    if (first) {
      showAll(one.stretches);
      bringIntoView(first.unit);
    }
    instrument.say(`${one.title}. ${one.text}`);
    instrument.changed();
  };
  const showAll = (stretches: readonly AdviceStretch[]): void => {
    const from = Math.min(...stretches.map((each) => each.from));
    const to = Math.max(...stretches.map((each) => each.to));
    const margin = (to - from) * MARGIN_PART;
    time.glideTo(from - margin, to + margin);
  };
  const bringIntoView = (unit: number): void => {
    const lane = chart.lanes[chart.laneOfUnit(unit)];
    if (!lane) return;
    const { body } = panel;
    if (lane.top < body.scrollTop || lane.top + lane.height > body.scrollTop + body.clientHeight)
      body.scrollTop = lane.top - LANE_HEIGHT;
    choices.lane = lane.key;
  };
  return {
    commands: [
      {
        group: 'Find',
        keys: ['shift+l'],
        shown: 'Shift+L',
        words: 'list advice: patterns that cost time',
        run: () => page.show(),
      },
    ],
    kept: {
      name: 'advice',
      save: () => chosen,
      restore: (value) => {
        if (typeof value === 'string') chosen = value;
      },
    },
    paintChart: ({ context, theme, x, width }, scrollTop) => {
      for (const { unit, from, to } of chosenAdvice()?.stretches ?? []) {
        const lane = chart.lanes[chart.laneOfUnit(unit)];
        const [x0, x1] = [Math.max(-4, x(from)), Math.min(width + 4, x(to))];
        if (!lane || x1 < x0) continue;
        paintFrame(context, { x0, x1, y: lane.top - scrollTop + 3, height: LANE_HEIGHT - 6, kind: 'selected' }, theme);
      }
    },
    paintMinimap: ({ context, theme, x, height }) => {
      context.fillStyle = theme.focus;
      for (const { from, to } of chosenAdvice()?.stretches ?? [])
        context.fillRect(x(from), height - 2, Math.max(1, x(to) - x(from)), 2);
    },
    refresh: () => {
      const key = [store.advice, store.run.state.kind, store.unitVersion, chosen];
      if (key.every((part, i) => part === shown[i])) return;
      const count = store.advice.all.length;
      page.rename(count > 0 ? `Advice ${count}` : 'Advice');
      if (!page.isShown) return;
      shown = key;
      const focused = [...page.host.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement);
      page.host.replaceChildren(
        ...advicePage(store, chosen, { chosen: choose, opened: (site) => instrument.open(site) }),
      );
      page.host.querySelectorAll('button')[focused]?.focus();
    },
    forget: () => {
      chosen = '';
      shown = [];
    },
    takesBack: () => {
      if (!chosenAdvice()) return false;
      chosen = '';
      instrument.changed();
      return true;
    },
  };
}
