/** One record as detectors see it: with whom it belongs to, and rows instead of ids. */

export interface Fact {
  /** Nanoseconds since the origin. Facts come in the order of time, but for accesses that were told later (see `schema.json`). */
  time: number;
  /** A `KIND`; all but definitions, `enter` and `leave`. */
  kind: number;
  operation: number;
  outcome: number;
  flags: number;
  /** Unit row of the task, else the thread, whose fact it is; -1 unknown. */
  unit: number;
  /** Unit row of the thread. */
  thread: number;
  /** Unit row of the process or interpreter. */
  process: number;
  /** Row of the object that it is about, -1 when it is about none or about a unit. Of an access: row of the variable. */
  object: number;
  /** Row of the unit that it is about, -1 when it is about none or an object. */
  target: number;
  /** Row of the unit that `arg` names (holder, giver, who did the access), -1 none or unknown. */
  other: number;
  /** Row of the object that `arg` names (executor of a job), -1 none or unknown. */
  otherObject: number;
  /** `arg` as a number, for kinds whose arg is one (32 bits). */
  value: number;
  /** Site row + 1, 0 none. */
  site: number;
  /** Operation id of the callback (finalizer, signal handler) in the middle of which it was done, 0 when in none that is known. */
  context: number;
}

export function emptyFact(): Fact {
  return {
    time: 0,
    kind: 0,
    operation: 0,
    outcome: 0,
    flags: 0,
    unit: -1,
    thread: -1,
    process: -1,
    object: -1,
    target: -1,
    other: -1,
    otherObject: -1,
    value: 0,
    site: 0,
    context: 0,
  };
}
