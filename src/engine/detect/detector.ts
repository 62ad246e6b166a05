/** What a detector is: it sees each fact once, in the order of time, and reports what it finds. */
import type { Finding, Rule } from '../../../common/finding';
import type { Model } from '../model';
import type { Fact } from './fact';
import type { Held } from './held';

export interface Detector {
  on(fact: Fact): void;
  /**
   * All streams were read up to the last fact. `quietPasses`: so many passes (25 ms apart, or more) in a row brought no
   * fact at all; Infinity when nothing will follow (the run is over, or the trace ends).
   */
  settle?(quietPasses: number): void;
}

export interface DetectorKind {
  readonly rules: readonly Rule[];
  /** The kinds of facts that it wants to see. */
  readonly kinds: readonly number[];
  make(context: DetectContext): Detector;
}

/** A finding as a detector reports it: `key` tells equal ones apart from new ones (rule and sites, not ids of objects). */
export interface Reported extends Omit<Finding, 'id' | 'count' | 'severity' | 'grade'> {
  readonly key: string;
  readonly severity?: Finding['severity'];
  readonly grade?: Finding['grade'];
}

export interface DetectContext {
  readonly model: Model;
  /** What each unit holds right now, in the order of facts. */
  readonly held: Held;
  /** Version of the Python that ran the program, as [major, minor]; [3, 0] while unknown. */
  python(): readonly [number, number];
  gil(): boolean;
  report(finding: Reported): void;
}
