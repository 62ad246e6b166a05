/** Several want one lock for a large part of the run: as long as they do, one of them runs and the others stand. */
import type { Interval } from './intervals';
import { lengthOf, lengthWithin, union } from './intervals';
import { addTo, costliest, type Look, longest } from './look';
import type { Noticed, Pattern } from './pattern';
import { SERIALISED, SHORTEST_COST } from './thresholds';
import { at, counted, duration, percent } from './words';

export const serialisedByLock: Pattern = {
  id: 'serialised-by-lock',
  title: 'One lock lets one run at a time',
  find: (look) =>
    look.tables.objects.flatMap(({ id }) => (look.familyOfObject(id) === 'lock' ? noticed(look, id) : [])),
};

function noticed(look: Look, object: number): Noticed[] {
  const rows = look.waitsForObject(object);
  if (rows.length < SERIALISED.waiters || look.holdsOf(object).length < SERIALISED.holds) return [];
  const { unit } = look.tables.waits.columns;
  const waits = Array.from(rows, (row) => ({ unit: unit[row] as number, at: look.wait(row) }));
  const waiters = new Set(waits.map((wait) => wait.unit));
  const contended = union(waits.map((wait) => wait.at));
  const cost = lengthOf(contended);
  if (waiters.size < SERIALISED.waiters || cost < SHORTEST_COST || cost < SERIALISED.share * look.wall) return [];
  const engaged = engagedUnits(look, object, contended, waits);
  if (engaged.size < 2) return [];
  const held = new Map<number, number>();
  for (const row of look.holdsOf(object)) {
    const [from, to] = look.hold(row);
    addTo(held, look.tables.holds.columns.site[row] as number, to - from);
  }
  const name = look.objectName(object);
  const places = costliest(held, `takes ${name}`);
  const waited = waits.reduce((sum, wait) => sum + wait.at[1] - wait.at[0], 0);
  const who = look.countWords(engaged);
  return [
    {
      text: `${who} want ${name}, and for ${percent(cost / look.wall)} of the run (${duration(cost)}) at least one of them waited for it while another had it. That is ${counted(rows.length, 'wait')}, ${duration(waited)} together.`,
      share: cost / look.wall,
      certainty: 'seen',
      stretches: longest(waits.map((wait) => ({ unit: wait.unit, from: wait.at[0], to: wait.at[1] }))),
      objects: [object],
      places,
      remedy: `Hold ${name}${at(look.placeOf(places[0]?.site ?? 0))} only for the lines that touch what it guards, and compute, sleep and do I/O outside of it. Or let each worker collect results of its own, and bring them together at the end.`,
    },
  ];
}

/** Who waited for the lock or had it for most of the time in which somebody waited. */
function engagedUnits(
  look: Look,
  object: number,
  contended: readonly Interval[],
  waits: readonly { readonly unit: number; readonly at: Interval }[],
): Set<number> {
  const busy = new Map<number, number>();
  for (const wait of waits) addTo(busy, wait.unit, wait.at[1] - wait.at[0]);
  for (const row of look.holdsOf(object))
    addTo(busy, look.tables.holds.columns.unit[row] as number, lengthWithin(contended, ...look.hold(row)));
  const engaged = [...busy].filter(([unit, time]) => {
    const known = look.tables.units[unit];
    const life = known && look.life(known);
    return life !== undefined && time >= SERIALISED.engaged * lengthWithin(contended, ...life) && time > 0;
  });
  return new Set(engaged.map(([unit]) => unit));
}
