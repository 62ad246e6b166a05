/** Several units get from one queue, and nearly all of the time all of them wait for something to come. */
import { lengthOf, union, whereCount } from './intervals';
import { addTo, costliest, type Look, longest } from './look';
import type { Noticed, Pattern } from './pattern';
import { QUEUE_STARVES, SHORTEST_COST } from './thresholds';
import { counted, duration, percent } from './words';

export const queueStarves: Pattern = {
  id: 'queue-starves',
  title: 'Consumers wait for an empty queue',
  find: (look) =>
    look.tables.objects.flatMap(({ id }) => (look.familyOfObject(id) === 'queue' ? noticed(look, id) : [])),
};

function noticed(look: Look, object: number): Noticed[] {
  const { unit, site } = look.tables.waits.columns;
  const rows = Array.from(look.waitsForObject(object)).filter((row) => look.operationOfWait(row).endsWith('.get'));
  const byUnit = new Map<number, number>();
  for (const row of rows) addTo(byUnit, unit[row] as number, 1);
  const consumers = [...byUnit].filter(([, gets]) => gets >= QUEUE_STARVES.gets).map(([id]) => id);
  if (consumers.length < QUEUE_STARVES.consumers || consumers.length < byUnit.size) return [];
  const waits = rows.map((row) => look.wait(row));
  const all = whereCount(waits, (count) => count === consumers.length);
  const cost = lengthOf(all);
  const waited = lengthOf(waits);
  const lived = consumers.reduce((sum, id) => {
    const known = look.tables.units[id];
    return sum + lengthOf(union([(known && look.life(known)) ?? [0, 0]]));
  }, 0);
  if (waited < QUEUE_STARVES.waited * lived || cost < SHORTEST_COST || cost < QUEUE_STARVES.share * look.wall)
    return [];
  const sums = new Map<number, number>();
  for (const row of rows) addTo(sums, site[row] as number, look.wait(row)[1] - look.wait(row)[0]);
  const name = look.objectName(object);
  return [
    {
      text: `${look.countWords(consumers)} got from ${name} and waited for it ${counted(rows.length, 'time')}, for ${percent(waited / lived)} of their lives. For ${percent(cost / look.wall)} of the run (${duration(cost)}) all of them waited at once, so those who put set the pace.`,
      share: cost / look.wall,
      certainty: 'likely',
      stretches: longest(
        rows.map((row) => ({ unit: unit[row] as number, from: look.wait(row)[0], to: look.wait(row)[1] })),
      ),
      objects: [object],
      places: costliest(sums, `gets from ${name}`),
      remedy: `Fewer consumers would do as much. To be done sooner, let more units put into ${name}, or make what comes before it quicker; where work comes from outside and is waited for, all is well.`,
    },
  ];
}
