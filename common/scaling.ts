/** `interleave.scaling/1`: how one function in one mode gets faster with workers. Times are nanoseconds. */
import type { Mode } from './trace';

/** What keeps more workers from being faster. */
export type ScalingLimit =
  | 'gil'
  | 'lock'
  | 'cores'
  | 'memory'
  | 'start-up'
  | 'calls'
  | 'uneven'
  /** Nothing in these runs: it still grows. */
  | 'none'
  | 'unclear';

export interface ScalingPoint {
  readonly workers: number;
  readonly wallNs: { readonly median: number; readonly min: number; readonly max: number };
  /** Against one worker of the same mode. */
  readonly speedup: number;
  readonly efficiency: number;
  readonly coresBusy: number | null;
}

export interface ScalingDocument {
  readonly schema: 'interleave.scaling/1';
  readonly function: string;
  readonly inputs: string;
  readonly mode: Mode;
  readonly python: string;
  readonly cores: number;
  readonly points: readonly ScalingPoint[];
  /** Null where there are too few runs. */
  readonly amdahl: {
    readonly serial: number;
    readonly limit: number | null;
    readonly error: number;
    readonly follows: boolean;
  } | null;
  /** Workers beyond which little is gained; the most that were run where it still grew up to them. Null without any run. */
  readonly knee: number | null;
  readonly limit: ScalingLimit;
  /** Two sentences. */
  readonly text: string;
  /** The figures that they rest on. */
  readonly evidence: readonly string[];
  readonly notes: readonly string[];
}
