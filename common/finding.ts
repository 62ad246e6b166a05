/** What the detectors find in a run, as the panel, the Problems list and the report show it. */

export type FindingKind = 'race' | 'atomicity' | 'deadlock' | 'hazard' | 'leak';
export type Severity = 'error' | 'warning' | 'info';

/** observed: it happened in this run. predicted: it did not, but another order of the same steps would. confirmed: a run that was steered to it showed it. */
export type Certainty = 'observed' | 'predicted' | 'confirmed';

/** real: it goes wrong on the interpreter that ran. latent: the GIL of that interpreter hides it, another would not. benign: it does no harm as long as the operations stay atomic. '' where the question does not arise. */
export type Grade = 'real' | 'latent' | 'benign' | '';

/** A kind of finding; its page is `docs/rules/ID.md`. */
export interface Rule {
  /** `deadlock.cycle`: the family, then what it is. */
  readonly id: string;
  /** A few words, without a full stop. */
  readonly title: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
}

/** A place in the code that a finding is about; the first one of a finding is the line to change. */
export interface FindingLocation {
  /** Site row + 1. */
  readonly site: number;
  /** What happens there, in a few words: `reads Cache.count`, `takes a_lock, holding b_lock`. */
  readonly role: string;
  /** Unit row of who was there, -1 when it is nobody's or unknown. */
  readonly unit: number;
  /** When, nanoseconds since the origin; NaN when it is no moment of the run. */
  readonly time: number;
}

export interface Finding {
  /** Row number; also its place among the findings. */
  readonly id: number;
  /** Id of its rule. */
  readonly rule: string;
  /** The rule's, unless the case says otherwise. */
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly grade: Grade;
  /** One or two sentences for people, with names and lines. */
  readonly message: string;
  readonly locations: readonly FindingLocation[];
  /** Unit rows of all that take part, in the order of the cycle where there is one. */
  readonly units: readonly number[];
  /** Object rows of the locks and the like that take part; in a cycle, what the unit at the same place waits for (-1 none). */
  readonly objects: readonly number[];
  /** How often it was seen. */
  readonly count: number;
}

/** A finding with what its rule says, as views get it. */
export interface ShownFinding extends Finding {
  readonly title: string;
  readonly kind: FindingKind;
}
