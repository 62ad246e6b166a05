/** Only what touches one lock, queue or the like: lanes of the units that waited for it or held it, its waits alone. */
import { Chips } from '../chips';
import type { Feature, Instrument } from '../feature';
import { objectNoun } from '../objectNoun';
import type { Selection } from '../selection';
import { findWait } from '../selection';
import { Slices } from '../slices';
import { objectName } from '../words';
import { ObjectTouches } from './objectTouches';
import { paintHolds, paintOtherWaits } from './paintObject';

const CONDITION = 'object';

export function objectFocus(instrument: Instrument): Feature {
  const { panel, store, chart, choices } = instrument;
  const chips = new Chips(panel.chips);
  let touches: ObjectTouches | undefined;
  let shownUnits = -1;
  const slices = new Slices(() => instrument.changed());

  const show = (object: number): void => {
    touches = new ObjectTouches(store, object);
    slices.start(touches);
    arrange();
    instrument.say(`Only what touches ${nameOfObject(object)}`);
  };
  const leave = (): boolean => {
    if (!touches) return false;
    instrument.say(`All is shown, not only ${nameOfObject(touches.object)}`);
    touches = undefined;
    slices.stop();
    arrange();
    instrument.changed();
    return true;
  };
  const arrange = (): void => {
    const conditions = new Map(choices.arrangement.conditions);
    const known = touches;
    shownUnits = known?.units.size ?? -1;
    if (known?.isComplete)
      conditions.set(CONDITION, {
        shows: (unit) => known.units.has(unit),
        showsOther: (lane) => lane.object === known.object - 1,
      });
    else if (!conditions.delete(CONDITION)) return;
    choices.arrange({ conditions });
  };
  const nameOfObject = (object: number): string =>
    objectName(store, object) || `the ${objectNoun(store.objects[object - 1]?.operation ?? 0)} without a name`;
  const press = (): void => {
    const object = objectOf(instrument, choices.selection);
    if (object > 0 && object !== touches?.object) show(object);
    else if (!leave()) instrument.say('Select a wait for a lock, a queue or the like first');
  };

  return {
    commands: [
      {
        group: 'Find',
        keys: ['k'],
        shown: 'K',
        words: 'only what touches the lock or queue of the selected wait, and back',
        run: press,
      },
    ],
    kept: {
      name: 'objectFocus',
      save: () => touches?.object,
      restore: (value) => {
        if (typeof value === 'number') touches = new ObjectTouches(store, value);
      },
    },
    paintBars: (surface, scrollTop) => {
      const view = choices.drawn?.view;
      if (!touches || !view) return;
      const { lanes, first, last, bars } = chart;
      const picture = { lanes, first, last, bars, view, now: choices.now };
      paintOtherWaits(surface, store, touches, picture, scrollTop);
      paintHolds(surface, touches, picture, scrollTop);
    },
    refresh: () => {
      if (touches?.waits.isStale) touches = new ObjectTouches(store, touches.object);
      if (touches && !touches.isComplete) slices.start(touches);
      if (touches?.isComplete && touches.units.size !== shownUnits) arrange();
      if (!touches) return chips.show([]);
      const { all, left } = chart.arranged;
      const lanes = touches.isComplete ? `${left} of ${all} lanes` : 'counting…';
      const words = `only what touches ${nameOfObject(touches.object)}: ${lanes} · other waits pale`;
      chips.show([{ words, undoWords: 'Show all', undo: leave }]);
    },
    forget: () => {
      touches = undefined;
      arrange();
    },
    takesBack: leave,
  };
}

/** Row + 1 of the object that a selection is about, 0 for none. */
function objectOf({ store }: Instrument, selection: Selection | undefined): number {
  if (selection?.kind === 'object' || selection?.kind === 'hold') return selection.object + 1;
  if (selection?.kind !== 'wait') return 0;
  return findWait(store, selection.unit, selection.start)?.object ?? 0;
}
