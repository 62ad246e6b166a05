/** Threads that compute, under the GIL: however many there are, one of them runs. */
import { lengthOf, union } from './intervals';
import { addTo, costliest, type Look } from './look';
import type { Noticed, Pattern } from './pattern';
import { GIL_THREADS, SHORTEST_COST } from './thresholds';
import { duration, percent } from './words';

const RUNNING = 0;
const WANTS_GIL = 2;

export const gilThreads: Pattern = {
  id: 'gil-threads',
  title: 'Threads compute under the GIL',
  find: (look) => {
    const { run, cores } = look.tables;
    if (!run.gil || cores.source === 'none') return [];
    const homes = new Map<number, number[]>();
    for (const { id, kind, parent } of look.tables.units)
      if (kind === 'thread') homes.set(parent, [...(homes.get(parent) ?? []), id]);
    return [...homes.values()].flatMap((threads) => noticed(look, threads));
  },
};

interface Computing {
  readonly unit: number;
  readonly ran: number;
  readonly wanted: readonly (readonly [number, number])[];
  readonly from: number;
  readonly to: number;
}

function noticed(look: Look, threads: readonly number[]): Noticed[] {
  const all = threads.map((unit) => computing(look, unit));
  const those = all.filter(({ ran, wanted }) => ran >= GIL_THREADS.each && lengthOf(wanted) >= GIL_THREADS.each);
  if (those.length < 2) return [];
  const ran = those.reduce((sum, each) => sum + each.ran, 0);
  const wanted = those.reduce((sum, each) => sum + lengthOf(each.wanted), 0);
  const cost = lengthOf(union(those.flatMap((each) => each.wanted)));
  if (wanted < GIL_THREADS.wanted * ran || cost < SHORTEST_COST || cost < GIL_THREADS.share * look.wall) return [];
  const who = look.countWords(those.map(({ unit }) => unit));
  return [
    {
      text: `${who} computed for ${duration(ran)} together and wanted the GIL for ${duration(wanted)}: for ${percent(cost / look.wall)} of the run one of them could have run and did not. That they wanted the GIL is concluded: they were off their cores, in no recorded wait, while another one ran.`,
      share: cost / look.wall,
      certainty: 'likely',
      stretches: those.map(({ unit, from, to }) => ({ unit, from, to })),
      objects: [],
      places: costliest(outermost(look, those), 'computes in several threads', 2),
      remedy:
        'Compute in processes (ProcessPoolExecutor), in subinterpreters, or on a free-threaded Python; threads help with what waits. Interleave can compare them: interleave compare.',
    },
  ];
}

function computing(look: Look, unit: number): Computing {
  const { start, end, state } = look.tables.states.columns;
  let [ran, from, to] = [0, Number.NaN, Number.NaN];
  const wanted: [number, number][] = [];
  for (const row of look.statesOf(unit)) {
    const stretch: [number, number] = [start[row] as number, end[row] as number];
    if (state[row] === RUNNING) ran += stretch[1] - stretch[0];
    else if (state[row] === WANTS_GIL) wanted.push(stretch);
    else continue;
    if (Number.isNaN(from)) from = stretch[0];
    to = stretch[1];
  }
  return { unit, ran, wanted, from, to };
}

/** Time of the functions that threads began with, by site. */
function outermost(look: Look, those: readonly Computing[]): Map<number, number> {
  const { unit, depth, site, start, end } = look.tables.spans.columns;
  const sums = new Map<number, number>();
  for (const each of those) {
    for (const row of look.spansOn(each.unit))
      if (unit[row] === each.unit && depth[row] === 0)
        addTo(sums, site[row] as number, (end[row] as number) - (start[row] as number));
  }
  return sums;
}
