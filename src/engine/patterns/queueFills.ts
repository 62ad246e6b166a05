/** A bounded queue is full: those who put wait for those who get. */
import { lengthOf, union } from './intervals';
import { addTo, costliest, type Look, longest } from './look';
import type { Noticed, Pattern } from './pattern';
import { QUEUE_FILLS, SHORTEST_COST } from './thresholds';
import { counted, duration, percent } from './words';

export const queueFills: Pattern = {
  id: 'queue-fills',
  title: 'Producers wait for a full queue',
  find: (look) =>
    look.tables.objects.flatMap(({ id }) => (look.familyOfObject(id) === 'queue' ? noticed(look, id) : [])),
};

function noticed(look: Look, object: number): Noticed[] {
  const rows = Array.from(look.waitsForObject(object));
  const puts = rows.filter((row) => look.operationOfWait(row).endsWith('.put'));
  if (puts.length < QUEUE_FILLS.puts) return [];
  const full = union(puts.map((row) => look.wait(row)));
  const cost = lengthOf(full);
  if (cost < SHORTEST_COST || cost < QUEUE_FILLS.share * look.wall) return [];
  const { unit, site } = look.tables.waits.columns;
  const sums = new Map<number, number>();
  for (const row of puts) addTo(sums, site[row] as number, look.wait(row)[1] - look.wait(row)[0]);
  const name = look.objectName(object);
  const gets = rows.filter((row) => look.operationOfWait(row).endsWith('.get')).map((row) => look.wait(row));
  if (lengthOf(gets) > QUEUE_FILLS.gets * lengthOf(puts.map((row) => look.wait(row)))) return [];
  const who = look.countWords(new Set(puts.map((row) => unit[row] as number)));
  return [
    {
      text: `${who} waited ${counted(puts.length, 'time')} to put into ${name}, since it was full: for ${percent(cost / look.wall)} of the run (${duration(cost)}). ${gets.length === 0 ? 'Nobody ever waited to get from it' : `To get from it others waited ${counted(gets.length, 'time')}, ${duration(lengthOf(gets))} together`}, so those who get set the pace.`,
      share: cost / look.wall,
      certainty: 'seen',
      stretches: longest(
        puts.map((row) => ({ unit: unit[row] as number, from: look.wait(row)[0], to: look.wait(row)[1] })),
      ),
      objects: [object],
      places: costliest(sums, `puts into ${name}`),
      remedy: `Let more units get from ${name}, or make what they do with an item quicker; a larger queue only puts the waiting off. If the limit is there to slow the producers down, it does what it shall.`,
    },
  ];
}
