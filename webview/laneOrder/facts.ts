/** What the order of lanes depends on, asked of the run. */
import type { Lane } from '../lanes';
import type { Store } from '../store';
import { nameOf } from '../words';
import type { LaneFacts } from './arrangement';

const RUNNING = 0;

export function laneFacts(store: Store, kept: ReadonlySet<number>): LaneFacts {
  return {
    kept,
    rank: (unit, sort) => {
      if (sort === 'waiting') return store.unitWaits[unit]?.total ?? 0;
      return store.unitStates[unit]?.[RUNNING]?.total ?? store.unitSteps[unit]?.total ?? 0;
    },
    fullName: (lane) => (lane.kind === 'thread' || lane.kind === 'task' ? nameOf(store, lane.unit) : lane.name),
    unitsIn: (lane) => (lane.members.length > 0 ? lane.members : unitsBelow(store, lane)),
  };
}

/** Threads, tasks and jobs of a home, without those of the processes that were started in it. */
function unitsBelow(store: Store, lane: Lane): readonly number[] {
  if (lane.kind !== 'process' && lane.kind !== 'interpreter') return [];
  const found: number[] = [];
  const add = (id: number): void => {
    for (const child of store.children[id] ?? []) {
      const { kind } = store.units[child];
      if (kind === 'process') continue;
      if (kind !== 'interpreter') found.push(child);
      add(child);
    }
  };
  add(lane.unit);
  return found;
}
