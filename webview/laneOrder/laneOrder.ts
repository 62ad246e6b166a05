/** Lanes are hidden, pinned to the top, sorted and moved: by keys, by the marks at their names, and by drag. */
import './laneOrder.css';
import { Chips } from '../chips';
import type { Feature, Instrument } from '../feature';
import type { Lane } from '../lanes';
import { countWords } from '../words';
import { type Arrangement, AS_BUILT, type LaneSort, SORTS } from './arrangement';
import { makeNamesDraggable } from './dragNames';
import { movedBefore, movedBy } from './moving';

const SORT_WORDS: Readonly<Record<LaneSort, string>> = {
  start: 'in the order of their start',
  busy: 'by the time that they run, most first',
  waiting: 'by the time that they wait, most first',
  name: 'by name',
};

export function laneOrder(instrument: Instrument): Feature {
  const { chart, choices, panel } = instrument;
  const chips = new Chips(panel.chips);

  const chosen = (): Lane | undefined => {
    const lane = chart.lanes.find(({ key }) => key === choices.lane);
    if (!lane) instrument.say('Choose a lane first: ↓ goes to the next one');
    return lane;
  };
  const hide = (lane: Lane): void => {
    const { lanes } = chart;
    const at = lanes.findIndex(({ key }) => key === lane.key);
    // What is in it goes with it.
    const below = lanes.slice(at + 1).find(({ level }) => level <= lane.level) ?? lanes[at - 1];
    choices.select(undefined, below?.key ?? '');
    choices.arrange({ hidden: new Set(choices.arrangement.hidden).add(lane.key) });
    instrument.say(`${lane.name} is hidden`);
  };
  const pin = (lane: Lane): void => {
    const { pinned } = choices.arrangement;
    const isPinned = pinned.includes(lane.key);
    choices.arrange({ pinned: isPinned ? pinned.filter((key) => key !== lane.key) : [...pinned, lane.key] });
    if (!isPinned) panel.body.scrollTop = 0;
    instrument.say(`${lane.name} ${isPinned ? 'is back in its place' : 'is pinned to the top'}`);
  };
  const sort = (): void => {
    const { sort: before, moved } = choices.arrangement;
    // What was moved by hand is sorted as before at first.
    const next = moved.size > 0 ? before : SORTS[(SORTS.indexOf(before) + 1) % SORTS.length];
    choices.arrange({ sort: next, moved: new Map() });
    instrument.say(`Lanes ${SORT_WORDS[next]}`);
  };
  const move = (by: -1 | 1): void => {
    const lane = chosen();
    const part = lane && movedBy(choices.arrangement, chart.lanes, lane.key, by);
    if (part) choices.arrange(part);
    if (lane) instrument.say(part ? `${lane.name}, one place ${by < 0 ? 'up' : 'down'}` : `${lane.name} is at the end`);
  };
  const atChosen = (does: (lane: Lane) => void) => () => {
    const lane = chosen();
    if (lane) does(lane);
  };

  makeNamesDraggable(panel.names, chart, {
    hidden: hide,
    pinned: pin,
    moved: (key, before) => {
      const part = movedBefore(choices.arrangement, chart.lanes, key, before);
      if (part) choices.arrange(part);
    },
  });

  return {
    commands: [
      { group: 'Lanes', keys: ['h'], shown: 'H', words: 'hide the lane', run: atChosen(hide) },
      { group: 'Lanes', keys: ['i'], shown: 'I', words: 'pin the lane to the top, and back', run: atChosen(pin) },
      { group: 'Lanes', keys: ['o'], shown: 'O', words: 'order of lanes: start, busy, waiting, name', run: sort },
      {
        group: 'Lanes',
        keys: ['shift+arrowup'],
        shown: 'Shift+↑',
        words: 'move the lane up (drag its name)',
        run: () => move(-1),
      },
      { group: 'Lanes', keys: ['shift+arrowdown'], shown: 'Shift+↓', words: 'move the lane down', run: () => move(1) },
    ],
    kept: {
      name: 'laneOrder',
      save: () => savedOrder(choices.arrangement),
      restore: (value) => {
        choices.arrangement = { ...choices.arrangement, ...restoredOrder(value) };
      },
    },
    refresh: () => {
      const { hidden, sort: sorting, moved, pinned } = choices.arrangement;
      chips.show([
        ...(hidden.size > 0
          ? [
              {
                words: countWords(hidden.size, 'hidden lane'),
                undoWords: 'Show',
                undo: () => choices.arrange({ hidden: new Set() }),
              },
            ]
          : []),
        ...(pinned.length > 0
          ? [
              {
                words: countWords(pinned.length, 'pinned lane'),
                undoWords: 'Back in place',
                undo: () => choices.arrange({ pinned: [] }),
              },
            ]
          : []),
        ...(sorting !== 'start' || moved.size > 0
          ? [
              {
                words: `lanes ${moved.size > 0 ? 'moved by hand' : SORT_WORDS[sorting]}`,
                undoWords: 'In the order of their start',
                undo: () => choices.arrange({ sort: 'start', moved: new Map() }),
              },
            ]
          : []),
      ]);
    },
  };
}

interface SavedOrder {
  readonly hidden: readonly string[];
  readonly pinned: readonly string[];
  readonly sort: LaneSort;
  readonly moved: readonly (readonly [string, readonly string[]])[];
}

function savedOrder({ hidden, pinned, sort, moved }: Arrangement): SavedOrder {
  return { hidden: [...hidden], pinned, sort, moved: [...moved] };
}

function restoredOrder(value: unknown): Partial<Arrangement> {
  const { hidden = [], pinned = [], sort, moved = [] } = (value ?? {}) as Partial<SavedOrder>;
  return { hidden: new Set(hidden), pinned, sort: sort ?? AS_BUILT.sort, moved: new Map(moved) };
}
