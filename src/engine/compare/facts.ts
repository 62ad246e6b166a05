/** What the rules judge by: the runs on one Python, and what kind of work the sequential one shows. */
import type { Mode } from '../../../common/trace';
import type { Measured } from './measured';
import { THRESHOLDS } from './rules';

export interface Facts {
  readonly name: string;
  readonly workers: number;
  readonly calls: number;
  readonly all: readonly Measured[];
  readonly sequential: Measured | undefined;
  readonly others: readonly Measured[];
  readonly threads: Measured | undefined;
  /** The async run. */
  readonly tasks: Measured | undefined;
  readonly isCoroutine: boolean;
  /** Part of their time that the calls were on a core, one after the other; time in which they wanted one is left out. */
  readonly cpuShare: number;
  /** How many calls can go on at once: limited by calls and workers, and by cores for what computes. */
  readonly places: number;
  /** Runs of modes that can make such work faster. */
  readonly helpful: readonly Measured[];
  /** Runs in which several calls waited at once, and that paid off. */
  readonly overlapping: readonly Measured[];
  /** The simplest mode comes first. */
  readonly order: readonly Mode[];
}

const SIMPLEST_FIRST: readonly Mode[] = ['sequential', 'thread', 'async', 'interpreter', 'process'];
const OF_COROUTINES: readonly Mode[] = ['sequential', 'async', 'thread', 'interpreter', 'process'];

export function factsOf(name: string, all: readonly Measured[]): Facts {
  const find = (mode: Mode): Measured | undefined => all.find((run) => run.mode === mode);
  const sequential = find('sequential');
  const others = all.filter(({ mode }) => mode !== 'sequential');
  const threads = find('thread');
  const isCoroutine = all.some(({ figures }) => figures.isCoroutine);
  const first = all[0]?.figures;
  const { running, waiting, blocked } = (sequential ?? all[0])?.figures.states ?? NO_STATES;
  const known = running + waiting + blocked;
  const cpuShare = known > 0 ? running / known : 1;
  const threadsRun = (threads?.figures.ranAtOnce ?? 0) >= THRESHOLDS.severalAtOnce;
  const canHelp = (mode: Mode): boolean =>
    mode === 'process' ||
    mode === 'interpreter' ||
    (mode === 'thread' ? cpuShare < THRESHOLDS.computes || threadsRun : isCoroutine && cpuShare < THRESHOLDS.computes);
  return {
    name,
    workers: first?.workers ?? 0,
    calls: first?.callsNs.length ?? 0,
    all,
    sequential,
    others,
    threads,
    tasks: find('async'),
    isCoroutine,
    cpuShare,
    places: Math.max(
      1,
      Math.min(
        first?.callsNs.length ?? 1,
        first?.workers ?? 1,
        cpuShare < THRESHOLDS.waits ? Infinity : first?.cores || Infinity,
      ),
    ),
    helpful: others.filter(({ mode, speedup }) => speedup !== null && canHelp(mode)),
    overlapping: others.filter(
      ({ figures, speedup }) =>
        figures.callsAtOnce >= THRESHOLDS.overlap && speedup !== null && speedup >= THRESHOLDS.paysOff,
    ),
    order: isCoroutine ? OF_COROUTINES : SIMPLEST_FIRST,
  };
}

const NO_STATES = { running: 0, waiting: 0, blocked: 0 };
