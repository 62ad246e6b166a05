/** Jobs queue up for long while all workers of their pool wait: more workers would wait at the same time. */
import type { Unit } from '../../../common/trace';
import { type Interval, lengthOf, lengthWithin, union } from './intervals';
import { type Look, longest } from './look';
import type { Noticed, Pattern } from './pattern';
import { POOL, SHORTEST_COST } from './thresholds';
import { at, counted, duration, percent } from './words';

/** What passes by itself, whatever the other workers do. */
const FAMILIES: ReadonlySet<string> = new Set(['sleep', 'io', 'pipe']);
const BLOCKED = 3;

export const poolExhausted: Pattern = {
  id: 'pool-exhausted',
  title: 'All workers wait, and jobs wait for them',
  find: (look) => {
    const pools = new Map<string, Unit[]>();
    for (const unit of look.tables.units) {
      if (unit.kind !== 'job' || !(unit.created <= unit.start) || look.tables.units[unit.parent]?.kind !== 'thread')
        continue;
      const key = `${unit.startedBy} ${unit.site} ${unit.function}`;
      pools.set(key, [...(pools.get(key) ?? []), unit]);
    }
    const waits = new Map<number, readonly Interval[]>();
    const waitsOfWorker = (thread: number): readonly Interval[] => {
      const known = waits.get(thread) ?? waitsOf(look, thread);
      waits.set(thread, known);
      return known;
    };
    return [...pools.values()].flatMap((jobs) => noticed(look, jobs, waitsOfWorker));
  },
};

function noticed(look: Look, jobs: readonly Unit[], waitsOfWorker: (thread: number) => readonly Interval[]): Noticed[] {
  const workers = [...new Set(jobs.map(({ parent }) => parent))];
  if (jobs.length < POOL.jobs || jobs.length < POOL.perWorker * workers.length) return [];
  const queued = union(jobs.map(({ created, start }) => [created, start] as const));
  const cost = lengthOf(queued);
  if (cost < SHORTEST_COST || cost < POOL.share * look.wall) return [];
  let [lived, waited] = [0, 0];
  for (const job of jobs) {
    const life = look.life(job);
    if (!life) continue;
    lived += life[1] - life[0];
    waited += lengthWithin(waitsOfWorker(job.parent), ...life);
  }
  if (lived === 0 || waited < POOL.waiting * lived) return [];
  const queuedEach = jobs.reduce((sum, { created, start }) => sum + start - created, 0) / jobs.length;
  if (queuedEach < POOL.queued * (lived / jobs.length)) return [];
  const site = jobs[0]?.site ?? 0;
  const who = counted(workers.length, 'worker');
  return [
    {
      text: `${counted(jobs.length, 'job')}${at(look.placeOf(site))} queued for ${duration(queuedEach)} in the mean until one of ${who} was free, for ${percent(cost / look.wall)} of the run. The workers spent ${percent(waited / lived)} of their jobs waiting (sleep, I/O), not working.`,
      share: cost / look.wall,
      certainty: look.tables.cores.source === 'none' ? 'seen' : 'likely',
      stretches: longest(
        jobs.flatMap((job) => {
          const life = look.life(job);
          return life ? [{ unit: job.parent, from: life[0], to: life[1] }] : [];
        }),
      ),
      objects: [],
      places: site > 0 ? [{ site, role: 'submits them' }] : [],
      remedy:
        'Give the pool more workers (max_workers): what waits needs no core. With hundreds of waits, tasks of asyncio cost less than threads.',
    },
  ];
}

/** When a worker waits for what passes by itself: recorded, or off its core in a call that is not recorded. */
function waitsOf(look: Look, thread: number): readonly Interval[] {
  const { start, end, state } = look.tables.states.columns;
  return union([
    ...Array.from(look.waitsOf(thread))
      .filter((row) => FAMILIES.has(look.familyOfWait(row)))
      .map((row) => look.wait(row)),
    ...Array.from(look.statesOf(thread))
      .filter((row) => state[row] === BLOCKED)
      .map((row) => [start[row] as number, end[row] as number] as const),
  ]);
}
