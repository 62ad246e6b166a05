/** Runs of one function with more and more workers: how much faster it gets, and what keeps it from more. Pure. */
import type { ScalingDocument, ScalingLimit, ScalingPoint } from '../../../common/scaling';
import type { Mode } from '../../../common/trace';
import { type AmdahlFit, fitAmdahl, kneeOf } from './amdahl';
import type { ModeFigures } from './figures';
import { count, modeName, percent, taking, times } from './words';

export const SCALING_THRESHOLDS = {
  /** With so much of the speed-up that the workers could bring, it still grows. */
  grows: 0.75,
  /** Part of the calls' time in which they wanted the GIL. */
  gil: 0.2,
  /** Part of the calls' time in waits for locks. */
  lock: 0.25,
  /** Part of the machine's cores that were busy. */
  cores: 0.8,
  /** Part of the wall time that starting workers took. */
  startup: 0.3,
  /** A call took so many times the CPU time that it took with one worker. */
  dearer: 1.5,
  /** For this part of the time only one call went on. */
  alone: 0.3,
  /** Half the spread of the wall times by their median: more of it, and differences are noise. */
  noisy: 0.25,
} as const;

const T = SCALING_THRESHOLDS;

export interface ScalingRequest {
  readonly function: string;
  readonly inputs: string;
  readonly mode: Mode;
}

/** The runs of one number of workers: the figures are those of the median one. */
interface Step {
  readonly workers: number;
  readonly wallNs: ScalingPoint['wallNs'];
  readonly figures: ModeFigures;
}

/** `stopped`: numbers of workers that were not run to the end, with the reason. */
export function scaling(
  request: ScalingRequest,
  runs: readonly ModeFigures[],
  stopped: readonly { readonly workers: number; readonly reason: string }[] = [],
): ScalingDocument {
  const steps = stepsOf(runs);
  const one = steps.find(({ workers }) => workers === 1);
  const fit = fitAmdahl(steps.map(({ workers, wallNs }) => ({ workers, nanos: wallNs.median })));
  const knee =
    steps.length > 0 ? kneeOf(steps.map(({ workers, wallNs }) => ({ workers, nanos: wallNs.median }))) : null;
  const judged = judge(request, steps, one, fit, knee);
  const any = steps[0]?.figures;
  return {
    schema: 'interleave.scaling/1',
    ...request,
    python: any?.python ?? '',
    cores: any?.cores ?? 0,
    points: steps.map(({ workers, wallNs, figures }) => {
      const speedup = one ? one.wallNs.median / wallNs.median : Number.NaN;
      const known = one ? { speedup, efficiency: speedup / workers } : { speedup: 0, efficiency: 0 };
      return { workers, wallNs, ...known, coresBusy: figures.coresBusy };
    }),
    amdahl: fit ?? null,
    knee,
    ...judged,
    notes: [
      ...stopped.map(({ workers, reason }) => `Not with ${workers} ${workers === 1 ? 'worker' : 'workers'}: ${reason}`),
      ...(any?.coreSource === 'sampled'
        ? ['Who ran on which core is sampled here, so cores busy is an estimate.']
        : []),
      ...(any?.coreSource === 'none' ? ['Who ran on which core is not known here.'] : []),
    ],
  };
}

function stepsOf(runs: readonly ModeFigures[]): readonly Step[] {
  const byWorkers = new Map<number, ModeFigures[]>();
  for (const run of runs) byWorkers.set(run.workers, [...(byWorkers.get(run.workers) ?? []), run]);
  return [...byWorkers]
    .sort(([a], [b]) => a - b)
    .map(([workers, own]) => {
      const sorted = own.sort((a, b) => a.wallNs - b.wallNs);
      const figures = sorted[(sorted.length - 1) >> 1]!;
      const wallNs = { median: figures.wallNs, min: sorted[0]!.wallNs, max: sorted[sorted.length - 1]!.wallNs };
      return { workers, wallNs, figures };
    });
}

type Judged = Pick<ScalingDocument, 'limit' | 'text' | 'evidence'>;

function judge(
  { function: name, mode }: ScalingRequest,
  steps: readonly Step[],
  one: Step | undefined,
  fit: AmdahlFit | undefined,
  knee: number | null,
): Judged {
  const last = steps.at(-1);
  if (!one || !last || !fit || knee === null) {
    return { limit: 'unclear', text: `Nothing can be said about ${name}: there are too few runs.`, evidence: [] };
  }
  const best = steps.reduce((a, b) => (b.wallNs.median < a.wallNs.median ? b : a));
  const gained = one.wallNs.median / best.wallNs.median;
  const { limit, because } = limitOf(last, one, gained);
  const first =
    limit === 'none'
      ? `${name} ${modeName(mode)} still gets faster with ${last.workers} workers, ${times(gained)} as fast as with one.`
      : knee === 1
        ? `${name} ${modeName(mode)} gains nothing from more than one worker.`
        : knee === last.workers
          ? `${name} ${modeName(mode)} gets ${times(gained)} as fast with ${knee} workers, the most that were run.`
          : `${name} ${modeName(mode)} gets up to ${times(gained)} as fast, and gains little beyond ${knee} workers.`;
  const law = fit.follows
    ? `The times fit Amdahl's law with ${percent(fit.serial)} of the work serial${fit.limit === null ? '' : `, so at most ${times(fit.limit)} however many workers`}.`
    : `The times do not follow Amdahl's law (off by ${percent(fit.error)}), so no limit is computed from them.`;
  const walls = steps.map(({ workers, wallNs }) => `${workers}: ${taking(wallNs.median)}`).join(', ');
  const isNoisy = steps.some(({ wallNs }) => (wallNs.max - wallNs.min) / 2 > T.noisy * wallNs.median);
  const doubt = isNoisy ? ['The runs differ much among each other: other programs may have been at work.'] : [];
  return { limit, text: `${first} ${because}`, evidence: [`Wall time by workers: ${walls}.`, law, ...doubt] };
}

/** What the run with the most workers shows; the first reason that applies counts. */
function limitOf(last: Step, one: Step, gained: number): { readonly limit: ScalingLimit; readonly because: string } {
  const { figures, workers } = last;
  const calls = figures.callsNs.length;
  const inCalls = figures.callsNs.reduce((sum, nanos) => sum + nanos, 0);
  const locked = (figures.waits.lock ?? 0) / Math.max(1, inCalls);
  const { gil = 0 } = figures.states;
  const busy = figures.coresBusy ?? 0;
  const startup = (figures.startupNs ?? 0) / Math.max(1, last.wallNs.median);
  const dearer = (figures.cpuNs ?? 0) / Math.max(1, one.figures.cpuNs ?? Number.POSITIVE_INFINITY);
  if (gained >= T.grows * last.workers) return { limit: 'none', because: 'Nothing in these runs keeps it from more.' };
  if (figures.gil && figures.mode === 'thread' && gil / Math.max(1, inCalls) >= T.gil) {
    return {
      limit: 'gil',
      because: `The GIL limits it: the calls wanted it for ${percent(gil / inCalls)} of their time, and ${count(figures.ranAtOnce)} ran at once.`,
    };
  }
  if (locked >= T.lock)
    return {
      limit: 'lock',
      because: `Locks limit it: the calls waited for them for ${percent(locked)} of their time.`,
    };
  if (calls < workers)
    return { limit: 'calls', because: `There are ${calls} calls, so more than ${calls} workers have nothing to do.` };
  if (startup >= T.startup) {
    return { limit: 'start-up', because: `Starting the workers limits it: that took ${percent(startup)} of the time.` };
  }
  if (figures.aloneShare >= T.alone && calls > 1) {
    return {
      limit: 'uneven',
      because: `Uneven calls limit it: for ${percent(figures.aloneShare)} of the time only one of them went on.`,
    };
  }
  if (dearer >= T.dearer && busy < T.cores * figures.cores) {
    return {
      limit: 'memory',
      because: `Most likely memory limits it: the same calls took ${times(dearer)} the CPU time that they took with one worker, though cores were free.`,
    };
  }
  if (busy >= T.cores * Math.min(figures.cores, workers)) {
    return { limit: 'cores', because: `The cores limit it: ${count(busy)} of ${figures.cores} were busy.` };
  }
  return { limit: 'unclear', because: 'What limits it these runs do not show.' };
}

/** 1, 2, 4 … up to the bound, with the number of cores and the bound among them. */
export function workerCounts(most: number, cores: number): readonly number[] {
  const counts = new Set<number>([1, most]);
  for (let workers = 2; workers < most; workers *= 2) counts.add(workers);
  if (cores < most) counts.add(cores);
  return [...counts].sort((a, b) => a - b);
}
