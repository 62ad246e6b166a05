/**
 * The wait-for graph: for each unit that waits, who could end its wait.
 *
 * A set of units can never go on when each of them waits without a time-out and all who could end its wait are in the set.
 * The largest such set is what is left after all were taken away, again and again, for whom somebody outside could do it
 * (a greatest fixpoint). That covers cycles of locks, joins, futures and full pools alike. A wait of which it is not known
 * who could end it (an event, a condition) can be ended by any unit that runs, of any process of the run.
 */
import { OPERATION, OPERATION_NAMES } from '../../../common/events';
import { familyOf } from '../model';
import type { Agents, Waiting } from './agents';
import type { Held } from './held';

/** Who could end a wait; `anybody`: whoever still runs. */
export type Wakers = ReadonlySet<number> | 'anybody' | 'outside';

const NOBODY: ReadonlySet<number> = new Set();
const POSSESSIONS: ReadonlySet<string> = new Set(['lock', 'semaphore']);
/** Waits for what comes from outside the program, or with time. */
const OUTSIDE: ReadonlySet<string> = new Set(['sleep', 'io', 'pipe', 'idle', 'start', 'interpreter']);
const IDLE_WORKER = OPERATION['concurrent.futures.ThreadPoolExecutor.idle'];

export interface GraphOptions {
  /** Takes waits with a time-out for waits without. */
  readonly ignoreTimeouts: boolean;
}

export class WaitForGraph {
  constructor(
    private readonly agents: Agents,
    private readonly held: Held,
  ) {}

  /** The units that can never go on. */
  stuck({ ignoreTimeouts }: GraphOptions): Map<number, ReadonlySet<number>> {
    const candidates = new Map<number, Wakers>();
    for (const unit of this.agents.alive) {
      const wakers = this.wakersOf(unit, ignoreTimeouts);
      if (wakers) candidates.set(unit, wakers);
    }
    for (let changed = true; changed; ) {
      changed = false;
      for (const [unit, wakers] of candidates) {
        if (!this.canGoOn(wakers, candidates)) continue;
        candidates.delete(unit);
        changed = true;
      }
    }
    const stuck = new Map<number, ReadonlySet<number>>();
    for (const [unit, wakers] of candidates) stuck.set(unit, typeof wakers === 'string' ? NOBODY : wakers);
    return stuck;
  }

  private canGoOn(wakers: Wakers, candidates: ReadonlyMap<number, Wakers>): boolean {
    if (wakers === 'outside') return true;
    if (wakers !== 'anybody')
      return [...wakers].some((waker) => !candidates.has(waker) && this.agents.alive.has(waker));
    for (const unit of this.agents.alive) if (!candidates.has(unit)) return true;
    return false;
  }

  /** Undefined when the unit runs, or could. */
  private wakersOf(unit: number, ignoreTimeouts: boolean): Wakers | undefined {
    const { agents } = this;
    const wait = agents.waitOf(unit);
    const thread = agents.threadOf(unit);
    const blocker = agents.blockerOf(thread);
    if (blocker !== -1 && blocker !== unit && (thread === unit || !agents.isInStep(unit))) return new Set([blocker]);
    if (!wait || (wait.hasTimeout && !ignoreTimeouts)) return undefined;
    return this.wakersOfWait(wait);
  }

  private wakersOfWait(wait: Waiting): Wakers {
    const { agents, held } = this;
    const family = familyOf(wait.operation);
    if (POSSESSIONS.has(family) && wait.object !== -1) {
      const holders = held.holders(wait.object);
      return holders.length > 0 ? new Set(holders.map(({ unit }) => unit)) : 'outside';
    }
    const job = wait.target === -1 ? undefined : agents.jobs.get(wait.target);
    if (job) return job.worker !== -1 ? new Set([job.worker]) : this.workersOf(job.pool);
    if (wait.target !== -1 && (family === 'join' || family === 'task')) return this.enders(wait.target);
    // A loop's thread that waits in the middle of a step for what its own loop has to do.
    if (family === 'future' && wait.holder !== -1) return new Set([wait.holder]);
    // An idle loop with nothing to wait for, and an idle worker of a pool of threads: whoever runs may give them work.
    if (wait.isForOthers || wait.operation === IDLE_WORKER) return 'anybody';
    if (OUTSIDE.has(family)) return 'outside';
    return this.isInOneProcess(wait) ? 'anybody' : 'outside';
  }

  private workersOf(pool: number): Wakers {
    const workers = this.agents.workers.get(pool);
    return workers && workers.size > 0 ? workers : 'outside';
  }

  /** Who has to go on so that a thread, task or process ends. */
  private enders(target: number): Wakers {
    const { agents } = this;
    if (agents.alive.has(target)) return new Set([target]);
    const main = agents.mainThreads.get(target);
    return main !== undefined && agents.alive.has(main) ? new Set([main]) : 'outside';
  }

  /** What other processes share may be given by one that is not recorded. */
  private isInOneProcess({ operation }: Waiting): boolean {
    const name = OPERATION_NAMES[operation] ?? '';
    return (
      !name.startsWith('multiprocessing.') && !name.startsWith('subprocess.') && operation !== OPERATION['os.waitpid']
    );
  }
}

/** The cycles among units that are stuck: each as the units in the order in which they wait for each other. */
export function cyclesOf(stuck: ReadonlyMap<number, ReadonlySet<number>>): number[][] {
  const done = new Set<number>();
  const cycles: number[][] = [];
  for (const start of stuck.keys()) {
    const path: number[] = [];
    const places = new Map<number, number>();
    for (let unit: number | undefined = start; unit !== undefined && !done.has(unit); ) {
      const place = places.get(unit);
      if (place !== undefined) {
        cycles.push(path.slice(place));
        break;
      }
      places.set(unit, path.length);
      path.push(unit);
      unit = firstStuck(stuck, unit);
    }
    for (const unit of path) done.add(unit);
  }
  return cycles;
}

function firstStuck(stuck: ReadonlyMap<number, ReadonlySet<number>>, unit: number): number | undefined {
  for (const waker of stuck.get(unit) ?? []) if (stuck.has(waker)) return waker;
  return undefined;
}

/** The shortest cycle through this unit, from it on; undefined when it only waits for others that are stuck. */
export function cycleThrough(stuck: ReadonlyMap<number, ReadonlySet<number>>, unit: number): number[] | undefined {
  const paths: number[][] = [[unit]];
  const reached = new Set<number>();
  for (let path = paths.shift(); path; path = paths.shift()) {
    for (const waker of stuck.get(path[path.length - 1] as number) ?? []) {
      if (waker === unit) return path;
      if (!stuck.has(waker) || reached.has(waker)) continue;
      reached.add(waker);
      paths.push([...path, waker]);
    }
  }
  return undefined;
}
