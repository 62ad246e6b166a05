/** Many tiny jobs in other processes: passing arguments and results takes longer than the work. */
import type { Unit } from '../../../common/trace';
import { lengthOf, union } from './intervals';
import { type Look, longest } from './look';
import type { Noticed, Pattern } from './pattern';
import { CHATTY, SHORTEST_COST } from './thresholds';
import { at, counted, duration, percent } from './words';

export const chattyProcesses: Pattern = {
  id: 'chatty-processes',
  title: 'More transfer than work in processes',
  find: (look) => {
    const groups = new Map<string, Unit[]>();
    for (const unit of look.tables.units) {
      if (unit.kind !== 'job' || !(unit.created <= unit.start) || Number.isNaN(unit.end)) continue;
      if (look.tables.units[unit.startedBy]?.pid === unit.pid) continue;
      const key = `${unit.startedBy} ${unit.site} ${unit.function}`;
      const known = groups.get(key);
      if (known) known.push(unit);
      else groups.set(key, [unit]);
    }
    return [...groups.values()].flatMap((jobs) => noticed(look, jobs));
  },
};

function noticed(look: Look, jobs: readonly Unit[]): Noticed[] {
  if (jobs.length < CHATTY.jobs) return [];
  const ran = jobs.reduce((sum, { start, end }) => sum + end - start, 0);
  const inFlight = union(jobs.map(({ created, end }) => [created, end] as const));
  const cost = lengthOf(inFlight);
  const workers = new Set(jobs.map(({ parent }) => parent)).size;
  const busy = ran / (workers * cost);
  if (ran / jobs.length > CHATTY.meanJob || busy > CHATTY.busy) return [];
  if (cost < SHORTEST_COST || cost < CHATTY.share * look.wall) return [];
  const site = jobs[0]?.site ?? 0;
  return [
    {
      text: `${counted(jobs.length, 'job')}${at(look.placeOf(site))} ran for ${duration(ran / jobs.length)} in the mean in ${counted(workers, 'process', 'processes')}, yet one was done only every ${duration(cost / jobs.length)}: the processes ran them for ${percent(busy)} of the time. The rest most likely went into passing arguments and results; how many bytes these were was not recorded.`,
      share: cost / look.wall,
      certainty: 'likely',
      stretches: longest(jobs.map(({ parent, start, end }) => ({ unit: parent, from: start, to: end }))),
      objects: [],
      places: site > 0 ? [{ site, role: 'submits them' }] : [],
      remedy:
        'Hand out more work at a time: map() with a larger chunksize, or jobs that take a list. Work as short as this may be quickest without processes.',
    },
  ];
}
