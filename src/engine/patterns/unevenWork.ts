/** The workers of one batch end at very different times: the last one goes on alone while the others have nothing to do. */
import type { Unit } from '../../../common/trace';
import { lengthOf, lengthWithin, union, whereCount } from './intervals';
import type { Look } from './look';
import type { Noticed, Pattern } from './pattern';
import { SHORTEST_COST, UNEVEN } from './thresholds';
import { at, counted, duration, percent } from './words';

const FAMILIES_OF_WORK: ReadonlySet<string> = new Set(['sleep', 'io', 'pipe']);

export const unevenWork: Pattern = {
  id: 'uneven-work',
  title: 'One worker goes on alone',
  find: (look) => [...batches(look).values()].flatMap((units) => noticed(look, units)),
};

/** Jobs that one unit submitted at one place; threads or processes that it started there, one or more times. */
function batches(look: Look): Map<string, Unit[]> {
  const made = new Map<string, Unit[]>();
  for (const unit of look.tables.units) {
    const isWorker =
      unit.kind === 'job' || unit.kind === 'thread' || (unit.kind === 'process' && unit.how !== 'program');
    if (!isWorker || unit.startedBy < 0 || Number.isNaN(unit.start) || unit.site === 0) continue;
    const key = `${unit.startedBy} ${unit.kind} ${unit.site} ${unit.function}`;
    const known = made.get(key);
    if (known) known.push(unit);
    else made.set(key, [unit]);
  }
  return made;
}

function noticed(look: Look, units: readonly Unit[]): Noticed[] {
  const isOfJobs = units[0]?.kind === 'job';
  const workers = new Map<number, Unit[]>();
  for (const unit of units) {
    const worker = isOfJobs ? unit.parent : unit.id;
    workers.set(worker, [...(workers.get(worker) ?? []), unit]);
  }
  if (units.length < UNEVEN.pieces || workers.size < (isOfJobs ? 2 : UNEVEN.pieces)) return [];
  const lives = units.flatMap((unit) => {
    const life = look.life(unit);
    return life ? [{ unit, from: life[0], to: life[1] }] : [];
  });
  const from = Math.min(...lives.map((life) => life.from));
  const last = lives.reduce((latest, life) => (life.to > latest.to ? life : latest));
  const lastWorker = isOfJobs ? last.unit.parent : last.unit.id;
  const othersEnd = Math.max(
    ...lives.filter(({ unit }) => (isOfJobs ? unit.parent : unit.id) !== lastWorker).map(({ to }) => to),
  );
  const alone = last.to - othersEnd;
  const whole = last.to - from;
  if (alone < UNEVEN.alone * whole || alone < UNEVEN.share * look.wall || alone < SHORTEST_COST) return [];
  // What came when the others had ended already was not theirs to do.
  if (lives.some(({ unit, from: began }) => (isOfJobs ? unit.created : began) > from + UNEVEN.together * whole))
    return [];
  const together = whereCount(
    lives.map((life) => [life.from, life.to] as const),
    (count) => count > 1,
  );
  if (lengthOf(together) === 0) return [];
  const waiting = waitsOfWorker(look, lastWorker);
  if (lengthWithin(waiting, othersEnd, last.to) > UNEVEN.waiting * alone) return [];
  const rest = lives.filter(({ unit, to }) => to > othersEnd && (isOfJobs ? unit.parent : unit.id) === lastWorker);
  const one = isOfJobs ? 'jobs' : `${units[0]?.kind === 'process' ? 'processes' : 'threads'}`;
  const site = units[0]?.site ?? 0;
  return [
    {
      text: `Of ${counted(workers.size, 'worker')} that shared ${units.length} ${one}${at(look.placeOf(site))}, ${look.nameOf(lastWorker)} went on for ${duration(alone)} when all others had ended, ${percent(alone / whole)} of the ${duration(whole)} that all of it took. ${rest.length === 1 ? `It was one piece, ${look.nameOf(rest[0]?.unit.id ?? -1)}, of ${duration((rest[0]?.to ?? 0) - (rest[0]?.from ?? 0))}.` : `It had ${rest.length} pieces left then.`}`,
      share: alone / look.wall,
      certainty: 'seen',
      stretches: [
        ...rest.map(({ unit, from: began, to }) => ({ unit: unit.id, from: Math.max(began, othersEnd), to })),
      ].slice(0, UNEVEN.stretches),
      objects: [],
      places: site > 0 ? [{ site, role: isOfJobs ? 'submits them' : 'starts them' }] : [],
      remedy:
        rest.length === 1
          ? 'Split the large piece, or begin with the largest pieces, so that the small ones fill the gaps.'
          : 'Hand out smaller pieces (a smaller chunksize, or one queue for all workers), so that who is done takes what is left.',
    },
  ];
}

/** Waits of a thread, or of the threads of a process, that are no part of work. */
function waitsOfWorker(look: Look, worker: number): ReturnType<typeof union> {
  const isProcess = look.tables.units[worker]?.kind === 'process';
  const threads = isProcess
    ? look.tables.units.filter(({ kind, parent }) => kind === 'thread' && parent === worker).map(({ id }) => id)
    : [worker];
  const rows = threads.flatMap((thread) => Array.from(look.waitsOf(thread)));
  return union(rows.filter((row) => !FAMILIES_OF_WORK.has(look.familyOfWait(row))).map((row) => look.wait(row)));
}
