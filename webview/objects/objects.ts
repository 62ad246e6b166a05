/** J opens the lanes of locks, queues and the like and goes there; the page of the foot has their figures. */
import './objects.css';
import type { Feature, Instrument } from '../feature';
import { objectsPage } from './objectsPage';
import { OBJECT_SORTS, type ObjectSort } from './objectUse';

/** A page that took long to make is made anew after so many times as long. */
const REST_FACTOR = 8;

export function objects(instrument: Instrument): Feature {
  const { chart, choices, panel, store } = instrument;
  const page = instrument.foot.add('Objects', 'Locks, queues and the like, and the GIL (J)');
  let shown = '';
  let madeAt = Number.NEGATIVE_INFINITY;
  let madeFor = 0;
  /** Key of a lane to go to as soon as it is there. */
  let goal = '';

  const open = (lane: string): void => {
    if (choices.toggled.get('objects') !== true) {
      choices.toggled.set('objects', true);
      choices.version++;
    }
    goal = lane;
    instrument.changed();
  };
  const select = (object: number): void => {
    open(`object:${object}`);
    choices.select({ kind: 'object', object }, goal);
  };
  const sort = (by: ObjectSort): void => {
    choices.objectSort = by;
    choices.version++;
    instrument.changed();
  };
  const goThere = (): void => {
    const lane = goal ? chart.lanes.find(({ key }) => key === goal) : undefined;
    if (!lane) return;
    goal = '';
    const { body } = panel;
    // The heading stands at the top, so that as many of the lanes below it are seen as there is room for.
    if (lane.kind === 'objects') body.scrollTop = lane.top;
    else if (lane.top < body.scrollTop || lane.top + lane.height > body.scrollTop + body.clientHeight)
      body.scrollTop = lane.top - body.clientHeight / 2;
    choices.lane = lane.key;
  };
  return {
    commands: [
      {
        group: 'Lanes',
        keys: ['j'],
        shown: 'J',
        words: 'objects: lanes and figures of locks, queues and the like, and the GIL',
        run: () => {
          page.show();
          open('objects');
        },
      },
    ],
    kept: {
      name: 'objectSort',
      save: () => choices.objectSort,
      restore: (value) => {
        const known = OBJECT_SORTS.find((each) => each === value);
        if (known) choices.objectSort = known;
      },
    },
    paintBars: goThere,
    refresh: (now) => {
      if (!page.isShown) return;
      const key = `${store.version} ${choices.objectSort}`;
      const begun = performance.now();
      if (key === shown || (shown.endsWith(choices.objectSort) && begun < madeAt + madeFor * REST_FACTOR)) return;
      shown = key;
      const focused = [...page.host.querySelectorAll('button, select')].indexOf(document.activeElement as Element);
      const scroll = page.host.querySelector('.objects-scroll')?.scrollLeft ?? 0;
      page.host.replaceChildren(
        ...objectsPage(store, choices.objectSort, now, {
          selected: select,
          jumped: (selection) => choices.jump(selection),
          sorted: sort,
        }),
      );
      page.host.querySelector('.objects-scroll')?.scrollTo({ left: scroll });
      page.host.querySelectorAll<HTMLElement>('button, select')[focused]?.focus();
      madeAt = performance.now();
      madeFor = madeAt - begun;
    },
    forget: () => {
      shown = '';
      goal = '';
    },
  };
}
