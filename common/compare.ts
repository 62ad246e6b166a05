/** `interleave.compare/1`: what one function came to in several modes, on one or more Pythons. Times are nanoseconds. */
import type { Mode, THREAD_STATES } from './trace';

export type VerdictKind =
  | 'cpu-bound'
  | 'io-bound'
  | 'too-small'
  | 'blocked-loop'
  | 'memory-bound'
  | 'uneven'
  | 'gil-free'
  | 'unclear';

/** What calls waited for: a family of operations (`sleep`, `lock`, `io`), or a state of their thread when nothing is recorded. */
export type WaitReason = string | (typeof THREAD_STATES)[number];

/** Several runs of one mode. All figures but the wall time are those of the run whose wall time is the median. */
export interface CompareRun {
  readonly mode: Mode;
  /** `3.13.0`, `3.13.0t` without GIL. */
  readonly python: string;
  /** From where the calls begin to where all are over, without the start of Python and the import of the file. */
  readonly wallNs: { readonly median: number; readonly min: number; readonly max: number };
  /** Of all threads and processes within that time. */
  readonly cpuNs: number | null;
  /** Median wall time of sequential by that of this mode. */
  readonly speedup: number | null;
  /** What the mode adds: until each worker's first call begins, on average, and from the last call's end until all is over. */
  readonly startupNs: number | null;
  /** Of all processes together, shared pages counted once; the highest of samples, Python itself included. */
  readonly peakBytes: number | null;
  /** Sent between processes or interpreters, calls and results. */
  readonly pickledBytes: number | null;
  /** By reason, summed over all calls. */
  readonly waits: Readonly<Record<WaitReason, number>>;
  /** CPU time by wall time. */
  readonly coresBusy: number | null;
}

export interface CompareVerdict {
  readonly kind: VerdictKind;
  /** The mode that the work needs, as far as these runs show. */
  readonly best: Mode;
  /** Two sentences. */
  readonly text: string;
  /** The figures that it rests on, a sentence each. */
  readonly evidence: readonly string[];
}

export interface SkippedMode {
  readonly mode: Mode;
  readonly python: string;
  readonly reason: string;
}

export interface CompareDocument {
  readonly schema: 'interleave.compare/1';
  readonly function: string;
  readonly workers: number;
  readonly inputs: string;
  readonly runs: readonly CompareRun[];
  readonly verdict: CompareVerdict;
  readonly skipped: readonly SkippedMode[];
  /** Sentences about figures that are sampled or unknown. */
  readonly notes: readonly string[];
}
