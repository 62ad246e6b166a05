/** What a run shows that costs time: no errors (those are findings), but patterns that have a remedy. */

/** seen: all that it says was recorded. likely: it rests on something concluded, or on what the code means to do. */
export type AdviceCertainty = 'seen' | 'likely';

export interface AdviceStretch {
  /** Unit row. */
  readonly unit: number;
  /** Nanoseconds since the origin. */
  readonly from: number;
  readonly to: number;
}

export interface AdvicePlace {
  /** Site row + 1. */
  readonly site: number;
  /** What happens there, in a few words: `takes Cache._lock`. */
  readonly role: string;
}

export interface Advice {
  /** Id of the pattern; its page is `docs/patterns/ID.md`. */
  readonly id: string;
  /** A few words, without a full stop. */
  readonly title: string;
  /** Two sentences for people, with the figures that it rests on. */
  readonly text: string;
  /** Part of the run, 0 to 1, in which it was so; null when that is not a part of the time. */
  readonly share: number | null;
  readonly certainty: AdviceCertainty;
  /** Where it is seen, the longest ones; in the order of time. */
  readonly stretches: readonly AdviceStretch[];
  /** Object rows of the locks, queues and the like that it is about. */
  readonly objects: readonly number[];
  /** Places in the code, the one to change first. */
  readonly places: readonly AdvicePlace[];
  /** What to do, in one or two sentences. */
  readonly remedy: string;
}

/** All advice on a run, what costs most first. */
export interface RunAdvice {
  readonly all: readonly Advice[];
  /** What was not looked at, in one sentence; '' when all was. */
  readonly limits: string;
}

export const NO_ADVICE: RunAdvice = { all: [], limits: '' };
