/** Processes that are started for less work than their start takes. */
import type { Unit } from '../../../common/trace';
import { type Interval, lengthOf, union } from './intervals';
import type { Look } from './look';
import type { Noticed, Pattern } from './pattern';
import { TINY_WORK } from './thresholds';
import { at, counted, duration, percent } from './words';

const STARTED: ReadonlySet<string> = new Set(['fork', 'spawn', 'forkserver']);

interface Started {
  readonly process: Unit;
  /** From its making to the first of the user's functions in it. */
  readonly startUp: Interval;
  readonly work: number;
}

export const tinyProcessWork: Pattern = {
  id: 'tiny-process-work',
  title: 'Processes start for longer than they work',
  find: (look) => {
    const work = workByPid(look);
    const groups = new Map<string, Started[]>();
    for (const process of look.tables.units) {
      const calls = work.get(process.pid);
      // One in which no function was recorded may have done anything.
      if (process.kind !== 'process' || !STARTED.has(process.how) || !calls || Number.isNaN(process.created)) continue;
      const own = union(calls).filter(([from]) => from >= process.start);
      const [first] = own;
      if (!first) continue;
      const key = `${process.startedBy} ${process.how}`;
      const one = { process, startUp: [process.created, first[0]] as const, work: lengthOf(own) };
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups.values()].flatMap((started) => noticed(look, started));
  },
};

/** When functions of the user's, or jobs, ran in each process. */
function workByPid(look: Look): Map<number, Interval[]> {
  const byPid = new Map<number, Interval[]>();
  const { units } = look.tables;
  const add = (pid: number, from: number, to: number): void => {
    const known = byPid.get(pid);
    if (known) known.push([from, to]);
    else byPid.set(pid, [[from, to]]);
  };
  const pids = new Set(units.flatMap(({ kind, how, pid }) => (kind === 'process' && STARTED.has(how) ? [pid] : [])));
  if (pids.size === 0) return byPid;
  const { thread, depth, start, end } = look.tables.spans.columns;
  for (let row = 0; row < look.tables.spans.length; row++) {
    const pid = units[thread[row] as number]?.pid ?? -1;
    if (depth[row] === 0 && pids.has(pid)) add(pid, start[row] as number, end[row] as number);
  }
  for (const { kind, pid, start: from, end: to } of units)
    if (kind === 'job' && pids.has(pid) && to >= from) add(pid, from, to);
  return byPid;
}

function noticed(look: Look, started: readonly Started[]): Noticed[] {
  const startUps = started.map(({ startUp }) => startUp);
  const cost = lengthOf(union(startUps));
  const sum = lengthOf(startUps);
  const work = started.reduce((all, one) => all + one.work, 0);
  if (started.length < TINY_WORK.processes || sum < TINY_WORK.startUp * work) return [];
  if (cost < TINY_WORK.cost || cost < TINY_WORK.share * look.wall) return [];
  const [first] = started as [Started];
  const { site, how } = first.process;
  return [
    {
      text: `${counted(started.length, 'process', 'processes')}${at(look.placeOf(site))} took ${duration(sum / started.length)} each in the mean from ${how} to the first of your functions, and then ran your functions for ${duration(work / started.length)}. For ${percent(cost / look.wall)} of the run one of them was starting; recording makes a start a little longer.`,
      share: cost / look.wall,
      certainty: 'seen',
      stretches: started.map(({ process, startUp }) => ({
        unit: process.id,
        from: Math.max(startUp[0], process.start),
        to: startUp[1],
      })),
      objects: [],
      places: site > 0 ? [{ site, role: 'starts them' }] : [],
      remedy:
        'Start fewer processes and give each more to do: one pool for the whole run, made once. For work as short as this, a plain call is quicker.',
    },
  ];
}
