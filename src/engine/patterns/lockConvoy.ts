/** A lock is held for moments only, but so often and by so many that they queue up for it all the time. */
import { contendedLocks, type LockUse } from './lockUse';
import { costliest, type Look, longest } from './look';
import type { Noticed, Pattern } from './pattern';
import { at, counted, duration, percent } from './words';

export const lockConvoy: Pattern = {
  id: 'lock-convoy',
  title: 'Many short holds of one lock, and a queue for it',
  find: (look) => contendedLocks(look).flatMap((use) => (use.isConvoy ? noticed(look, use) : [])),
};

function noticed(look: Look, { object, waits, holds, cost, heldAt, meanHold }: LockUse): Noticed[] {
  const name = look.objectName(object);
  const places = costliest(heldAt, `takes ${name}`);
  const waited = waits.reduce((sum, wait) => sum + wait.at[1] - wait.at[0], 0);
  const who = look.countWords(new Set(waits.map((wait) => wait.unit)));
  return [
    {
      text: `${name} was taken ${counted(holds.length, 'time')} and held for ${duration(meanHold)} in the mean, but ${who} waited for it ${counted(waits.length, 'time')}, ${duration(waited / waits.length)} in the mean. For ${percent(cost / look.wall)} of the run (${duration(cost)}) at least one of them waited.`,
      share: cost / look.wall,
      certainty: 'seen',
      stretches: longest(waits.map((wait) => ({ unit: wait.unit, from: wait.at[0], to: wait.at[1] }))),
      objects: [object],
      places,
      remedy: `Take ${name}${at(look.placeOf(places[0]?.site ?? 0))} less often: collect what is to be changed and change it in one hold, or let each worker have a part of its own. Making the hold itself shorter helps little, since what costs is the handing over.`,
    },
  ];
}
