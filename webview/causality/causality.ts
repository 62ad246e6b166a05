/** From what is selected to what led to it, step by step (E), and back (B); the chain of a selected wait on the chart. */
import type { Feature, Instrument } from '../feature';
import { arrowOf, framesOf, type Place } from '../marks';
import { paintArrow, paintFrame } from '../paintMarks';
import { findWait, type Selection } from '../selection';
import { causeOf, chainOf } from './causes';

/** Where one was before a jump. */
interface Left {
  readonly selection: Selection;
  readonly lane: string;
  readonly from: number;
  readonly to: number;
  readonly scrollTop: number;
  /** The moment of the selection that was asked about. */
  readonly moment: number;
}

const MOST_JUMPS = 200;

export function causality(instrument: Instrument): Feature {
  const { chart, choices, panel, store, time } = instrument;
  let left: Left[] = [];
  /** What the last jump led to, and the moment of it that led on; worth nothing once something else is selected. */
  let reached: { readonly selection: Selection; readonly moment: number } | undefined;

  const momentOf = (selection: Selection): number =>
    reached && isSame(reached.selection, selection) ? reached.moment : Number.NaN;
  const toCause = (): void => {
    const { selection } = choices;
    if (!selection) return instrument.say('Select a wait first: E leads to the one who ended it');
    const moment = momentOf(selection);
    const cause = causeOf(store, selection, instrument.now(), moment);
    if (!cause) return instrument.say(`It is not known what led to it${left.length > 0 ? '; B goes back' : ''}`);
    left.push({ selection, lane: choices.lane, from: time.from, to: time.to, scrollTop: panel.body.scrollTop, moment });
    if (left.length > MOST_JUMPS) left.shift();
    choices.jump(cause.selection);
    reached = { selection: cause.selection, moment: cause.time };
  };
  const back = (): void => {
    const place = left.pop();
    if (!place) return instrument.say('No jump to go back from');
    choices.select(place.selection, place.lane);
    reached = { selection: place.selection, moment: place.moment };
    time.glideTo(place.from, place.to);
    panel.body.scrollTop = place.scrollTop;
  };
  return {
    commands: [
      {
        group: 'Select',
        keys: ['e'],
        shown: 'E',
        words: 'who ended the wait; of what runs, the wait before it',
        run: toCause,
      },
      { group: 'Select', keys: ['b'], shown: 'B', words: 'back from there, step by step', run: back },
    ],
    paintChart: ({ context, theme, x }, scrollTop) => {
      const { selection } = choices;
      if (selection?.kind !== 'wait') return;
      const wait = findWait(store, selection.unit, selection.start);
      if (!wait) return;
      const { lanes, laneOfUnit } = chart;
      const place: Place = { store, lanes, laneOfUnit, x, scrollTop, now: instrument.now() };
      // The first step is drawn as that of every selected wait.
      for (const { wait: further } of chainOf(store, wait, place.now).links.slice(1)) {
        const key: Selection = { kind: 'wait', unit: further.unit, start: further.start };
        for (const frame of framesOf(place, key, 'focused')) paintFrame(context, frame, theme);
        const arrow = arrowOf(place, key, false);
        if (arrow) paintArrow(context, arrow, theme);
      }
    },
    forget: () => {
      left = [];
      reached = undefined;
    },
  };
}

function isSame(one: Selection, other: Selection): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
