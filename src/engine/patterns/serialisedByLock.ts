/** Several want one lock for a large part of the run: as long as they do, one of them runs and the others stand. */
import { lengthWithin } from './intervals';
import { contendedLocks, type LockUse } from './lockUse';
import { addTo, costliest, type Look, longest } from './look';
import type { Noticed, Pattern } from './pattern';
import { SERIALISED } from './thresholds';
import { at, counted, duration, percent } from './words';

export const serialisedByLock: Pattern = {
  id: 'serialised-by-lock',
  title: 'One lock lets one run at a time',
  find: (look) => contendedLocks(look).flatMap((use) => (use.isConvoy ? [] : noticed(look, use))),
};

function noticed(look: Look, use: LockUse): Noticed[] {
  const { object, waits, cost } = use;
  const engaged = engagedUnits(look, use);
  if (engaged.size < SERIALISED.waiters) return [];
  const name = look.objectName(object);
  const places = costliest(use.heldAt, `takes ${name}`);
  const waited = waits.reduce((sum, wait) => sum + wait.at[1] - wait.at[0], 0);
  const who = look.countWords(engaged);
  return [
    {
      text: `${who} want ${name}, and for ${percent(cost / look.wall)} of the run (${duration(cost)}) at least one of them waited for it while another had it. That is ${counted(waits.length, 'wait')}, ${duration(waited)} together.`,
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
function engagedUnits(look: Look, { waits, holds, contended }: LockUse): Set<number> {
  const busy = new Map<number, number>();
  for (const wait of waits) addTo(busy, wait.unit, wait.at[1] - wait.at[0]);
  for (const row of holds)
    addTo(busy, look.tables.holds.columns.unit[row] as number, lengthWithin(contended, ...look.hold(row)));
  const engaged = [...busy].filter(([unit, time]) => {
    const known = look.tables.units[unit];
    const life = known && look.life(known);
    return life !== undefined && time > 0 && time >= SERIALISED.engaged * lengthWithin(contended, ...life);
  });
  return new Set(engaged.map(([unit]) => unit));
}
