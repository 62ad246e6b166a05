/** A unit asks again and again, with short waits in between, instead of being told. */
import { lengthOf, union } from './intervals';
import { type Look, longest } from './look';
import type { Noticed, Pattern } from './pattern';
import { BUSY_WAITING, SHORTEST_COST } from './thresholds';
import { at, counted, duration, percent } from './words';

const TIMED_OUT = 1;
const POLLS: ReadonlySet<string> = new Set([
  'event',
  'queue',
  'condition',
  'lock',
  'semaphore',
  'future',
  'pipe',
  'join',
]);

export const busyWaiting: Pattern = {
  id: 'busy-waiting',
  title: 'Asks again and again',
  find: (look) => {
    const { unit, site, outcome } = look.tables.waits.columns;
    const groups = new Map<string, number[]>();
    for (let row = 0; row < look.tables.waits.length; row++) {
      const [from, to] = look.wait(row);
      if (outcome[row] !== TIMED_OUT || to - from > BUSY_WAITING.each || !POLLS.has(look.familyOfWait(row))) continue;
      const key = `${unit[row]} ${site[row]}`;
      const known = groups.get(key);
      if (known) known.push(row);
      else groups.set(key, [row]);
    }
    return [...groups.values()].flatMap((rows) => noticed(look, rows));
  },
};

function noticed(look: Look, rows: readonly number[]): Noticed[] {
  if (rows.length < BUSY_WAITING.times) return [];
  const waits = rows.map((row) => look.wait(row));
  const cost = lengthOf(union(waits));
  if (cost < SHORTEST_COST || cost < BUSY_WAITING.share * look.wall) return [];
  const [first] = rows as [number];
  const { unit, site, object } = look.tables.waits.columns;
  const who = unit[first] as number;
  const what = look.operationOfWait(first);
  const name = look.objectName((object[first] as number) - 1);
  const place = site[first] as number;
  return [
    {
      text: `${look.nameOf(who)} waited in ${name === '' ? what : `${what} for ${name}`}${at(look.placeOf(place))} ${counted(rows.length, 'time')} until a short time-out, ${duration(cost / rows.length)} in the mean. It did so for ${percent(cost / look.wall)} of the run, and each time it woke for nothing.`,
      share: cost / look.wall,
      certainty: 'seen',
      stretches: longest(waits.map(([from, to]) => ({ unit: who, from, to }))),
      objects: (object[first] as number) > 0 ? [(object[first] as number) - 1] : [],
      places: place > 0 ? [{ site: place, role: 'asks again and again' }] : [],
      remedy:
        'Wait without a time-out, or with a long one, and let what ends the wait say so: set the event, put a sentinel into the queue, notify the condition.',
    },
  ];
}
