/** Runs a function with more and more workers, one run after the other, in rounds. */

import type { Mode } from '../../common/trace';
import type { ModeFigures } from '../engine/compare/figures';
import { type RunOptions, runOnce } from './compare';
import type { Interpreter } from './interpreter';

export interface ScalingOptions extends Omit<RunOptions, 'workers' | 'pythons'> {
  readonly mode: Mode;
  readonly python: Interpreter;
  readonly counts: readonly number[];
  /** Runs of each number of workers. */
  readonly repeat: number;
  /** Before a run begins. */
  readonly onBegin?: (workers: number, round: number) => void;
}

export interface ScalingRuns {
  readonly figures: readonly ModeFigures[];
  readonly stopped: readonly { readonly workers: number; readonly reason: string }[];
}

/** A round runs each number of workers once, so that what changes on the machine meanwhile strikes all alike. */
export async function scaleWorkers(options: ScalingOptions): Promise<ScalingRuns> {
  const figures: ModeFigures[] = [];
  const stopped: { workers: number; reason: string }[] = [];
  for (let round = 1; round <= options.repeat; round++) {
    for (const workers of options.counts) {
      if (stopped.some((each) => each.workers === workers)) continue;
      if (options.signal?.aborted) return { figures, stopped };
      options.onBegin?.(workers, round);
      const found = await runOnce({ ...options, workers, pythons: [options.python] }, options.mode, options.python);
      if (options.signal?.aborted) return { figures, stopped };
      if ('reason' in found) stopped.push({ workers, reason: found.reason });
      else figures.push(found);
    }
  }
  return { figures, stopped };
}
