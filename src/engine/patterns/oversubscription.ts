/** More threads want a core than there are: they take turns, and each switch costs. */
import { lengthOf, union, whereCount } from './intervals';
import type { Look } from './look';
import type { Noticed, Pattern } from './pattern';
import { OVERSUBSCRIBED, SHORTEST_COST } from './thresholds';
import { counted, duration, percent } from './words';

const RUNNING = 0;
const READY = 1;

export const oversubscription: Pattern = {
  id: 'oversubscription',
  title: 'More want a core than there are',
  find: (look) => {
    const { cores, states, units } = look.tables;
    // Only the kernel's records tell who wanted a core and had none.
    if (cores.source !== 'exact' || cores.count === 0) return [];
    const { unit, start, end, state } = states.columns;
    const wanting: [number, number][] = [];
    const of = new Map<number, { ran: number; ready: number; from: number; to: number }>();
    for (let row = 0; row < states.length; row++) {
      const isReady = state[row] === READY;
      if (!isReady && state[row] !== RUNNING) continue;
      const [from, to] = [start[row] as number, end[row] as number];
      wanting.push([from, to]);
      const known = of.get(unit[row] as number) ?? { ran: 0, ready: 0, from, to };
      known[isReady ? 'ready' : 'ran'] += to - from;
      known.to = to;
      of.set(unit[row] as number, known);
    }
    const crowded = whereCount(wanting, (count) => count >= cores.count * OVERSUBSCRIBED.factor);
    const cost = lengthOf(union(crowded));
    if (cost < OVERSUBSCRIBED.cost || cost < OVERSUBSCRIBED.share * look.wall) return [];
    const workers = [...of].filter(
      ([, { ran, ready }]) => ready >= OVERSUBSCRIBED.ready * (ran + ready) && ready >= SHORTEST_COST,
    );
    if (workers.length <= cores.count) return [];
    return [noticed(look, workers, cost, new Set(workers.map(([id]) => units[id]?.parent)).size)];
  },
};

function noticed(
  look: Look,
  workers: readonly (readonly [number, { ran: number; ready: number; from: number; to: number }])[],
  cost: number,
  processes: number,
): Noticed {
  const { count } = look.tables.cores;
  const ready = workers.reduce((sum, [, each]) => sum + each.ready, 0);
  const ran = workers.reduce((sum, [, each]) => sum + each.ran, 0);
  return {
    text: `For ${percent(cost / look.wall)} of the run (${duration(cost)}) far more threads wanted a core than the ${counted(count, 'core')} that there are: ${counted(workers.length, 'thread')} in ${counted(processes, 'process', 'processes')}. They were ready without a core for ${duration(ready)} together and ran for ${duration(ran)}.`,
    share: null,
    certainty: 'seen',
    stretches: workers.map(([unit, { from, to }]) => ({ unit, from, to })),
    objects: [],
    places: [],
    remedy: `Use as many workers as there are cores (${count}); os.process_cpu_count() tells (before Python 3.13: len(os.sched_getaffinity(0))). More of them finish no sooner and take more memory.`,
  };
}
