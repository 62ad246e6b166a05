/** What one thread or task is doing while its stream is read: open spans, waits and possessions. */
import type { UnitLines } from './foldLines';
import type { Space } from './space';

/** A wait that goes on or is over but not yet in the table; ids are still those of the recorder. */
export interface PendingWait {
  readonly unit: number;
  readonly thread: number;
  readonly space: Space;
  readonly start: number;
  /** NaN while it goes on. */
  end: number;
  readonly operation: number;
  outcome: number;
  flags: number;
  readonly object: Id;
  readonly holder: Id;
  waker: Id;
  /** Site row + 1. */
  readonly site: number;
  /** The owner's count of steps when it began: a wait that ends in the same step kept the thread, too, from running. */
  readonly step: number;
}

export interface OpenHold {
  readonly object: number;
  readonly start: number;
  readonly site: number;
  readonly operation: number;
  /** How often a re-entrant lock was taken. */
  count: number;
}

export interface OpenJob {
  readonly unit: number;
  readonly start: number;
  /** Site row + 1. */
  readonly site: number;
}

/** An id as [high, low] words. */
export type Id = readonly [number, number];

export const NO_ID: Id = [0, 0];

/** Most records have no second id: those share one. */
export function idOf(high: number, low: number): Id {
  return high === 0 && low === 0 ? NO_ID : [high, low];
}

/** Deeper nesting than this is counted, but not shown: no Python program gets there, a damaged trace might. */
const DEEPEST = 60000;

export class Owner {
  /** Open function spans, outermost first: start, site row + 1, flags; three numbers each. */
  readonly spans: number[] = [];
  /** Lines at which its calls are; null before the first one is told. */
  lines: UnitLines | null = null;
  readonly waits: PendingWait[] = [];
  readonly holds: OpenHold[] = [];
  /** Jobs that the thread is running; more than one where a job runs another itself. */
  readonly jobs: OpenJob[] = [];
  /** A task's wait between two steps that no wait record describes. */
  suspended: PendingWait | null = null;
  /** Start of the task's step; NaN outside. */
  stepStart = Number.NaN;
  steps = 0;
  /** Who resumed the latest step. */
  resumedBy: Id = NO_ID;

  constructor(
    readonly unit: number,
    public thread: number,
  ) {}

  get depth(): number {
    return this.spans.length / 3;
  }

  enter(start: number, site: number, flags: number): void {
    if (this.spans.length < DEEPEST * 3) this.spans.push(start, site, flags);
  }
}
