/** The runs of each mode on one Python, put together. */
import type { Mode } from '../../../common/trace';
import type { ModeFigures } from './figures';

/** Several runs of one mode on one Python. */
export interface Measured {
  readonly mode: Mode;
  readonly wallNs: { readonly median: number; readonly min: number; readonly max: number };
  /** Median wall time of sequential by that of this mode; null where sequential did not run. */
  readonly speedup: number | null;
  /** The shortest of all runs: what else goes on can only make it longer. */
  readonly startupNs: number;
  /** Those of the run whose wall time is the median. */
  readonly figures: ModeFigures;
}

/** By Python, in the order in which they came; the modes of each as well. */
export function measure(runs: readonly ModeFigures[]): ReadonlyMap<string, readonly Measured[]> {
  const byPython = new Map<string, Map<Mode, ModeFigures[]>>();
  for (const run of runs) {
    const modes = byPython.get(run.python) ?? new Map<Mode, ModeFigures[]>();
    byPython.set(run.python, modes);
    modes.set(run.mode, [...(modes.get(run.mode) ?? []), run]);
  }
  return new Map([...byPython].map(([python, modes]) => [python, measureModes(modes)]));
}

function measureModes(modes: ReadonlyMap<Mode, readonly ModeFigures[]>): Measured[] {
  const middles = [...modes].map(([mode, runs]) => {
    const sorted = [...runs].sort((a, b) => a.wallNs - b.wallNs);
    // Of an even number the lower one: a run that was disturbed is too long, never too short.
    return { mode, sorted, figures: sorted[(sorted.length - 1) >> 1]! };
  });
  const sequential = middles.find(({ mode }) => mode === 'sequential')?.figures.wallNs;
  return middles.map(({ mode, sorted, figures }) => ({
    mode,
    wallNs: { median: figures.wallNs, min: sorted[0]!.wallNs, max: sorted[sorted.length - 1]!.wallNs },
    startupNs: Math.min(...sorted.map(({ startupNs }) => startupNs ?? 0)),
    speedup: sequential === undefined ? null : sequential / Math.max(1, figures.wallNs),
    figures,
  }));
}

/** Whether each run of one took less time than each of the other. */
export function isSurelyFaster(one: Measured, other: Measured): boolean {
  return one.wallNs.max < other.wallNs.min;
}
