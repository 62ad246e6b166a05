/** Undo and redo of where one looks: the window of time, the selection, and how far down. */
import type { Feature, Instrument } from '../feature';
import type { Selection } from '../selection';
import { Visited } from './visited';

interface Place {
  readonly from: number;
  readonly to: number;
  readonly selection: Selection | undefined;
  readonly lane: string;
  readonly scrollTop: number;
}

export function history(instrument: Instrument): Feature {
  const { choices, panel, time } = instrument;
  const visited = new Visited<Place>(isSame);
  /** Where the last step leads, until the picture has come there. */
  let goal: Place | undefined;

  const here = (): Place => ({
    from: time.from,
    to: time.to,
    selection: choices.selection,
    lane: choices.lane,
    scrollTop: panel.body.scrollTop,
  });
  const step = (direction: -1 | 1): void => {
    if (!time.isGliding) visited.note(here(), performance.now());
    const place = visited.step(direction);
    if (!place) {
      instrument.say(direction < 0 ? 'Nothing to go back to' : 'Nothing to go forth to');
      return;
    }
    goal = place;
    time.glideTo(place.from, place.to);
    choices.select(place.selection, place.lane);
    panel.body.scrollTop = place.scrollTop;
  };
  return {
    commands: [
      {
        group: 'Move',
        keys: ['u', 'ctrl+z'],
        shown: 'U, Ctrl+Z',
        words: 'back to what was shown before',
        run: () => step(-1),
      },
      {
        group: 'Move',
        keys: ['shift+u', 'ctrl+y', 'ctrl+shift+z'],
        shown: 'Shift+U, Ctrl+Y',
        words: 'forth again',
        run: () => step(1),
      },
    ],
    refresh: () => {
      // What follows the program moves by itself, which is no place that one went to.
      if (time.following || time.isGliding) return;
      const place = here();
      if (goal && isNear(goal, place)) return;
      goal = undefined;
      visited.note(place, performance.now());
    },
    forget: () => visited.forget(),
  };
}

function isSame(one: Place, other: Place): boolean {
  return isNear(one, other) && JSON.stringify(one.selection) === JSON.stringify(other.selection);
}

/** The same stretch of time, to a thousandth of it. */
function isNear(one: Place, other: Place): boolean {
  const little = (one.to - one.from) / 1000;
  return Math.abs(one.from - other.from) < little && Math.abs(one.to - other.to) < little;
}
