/** Work that takes long, done in slices between which the page draws and hears the user. */

/** Half of a frame. */
const SLICE_MS = 8;
/** Rows between two looks at the clock: well below a millisecond. */
const STEP_ROWS = 25_000;

export interface Sliced {
  /** Looks at up to so many rows; true when there are no more. */
  advance(rows: number): boolean;
}

/** Does the work of whichever task it was given last. */
export class Slices {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private task: Sliced | undefined;

  /** `done` is called when all rows were looked at. */
  constructor(private readonly done: () => void) {}

  /** Goes on with a task: what little there is to do is done at once. */
  start(task: Sliced): void {
    this.task = task;
    if (this.timer === undefined) this.run(false);
  }

  stop(): void {
    this.task = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private run(isLate: boolean): void {
    this.timer = undefined;
    const { task } = this;
    if (!task) return;
    const isDone = runSlice(() => task.advance(STEP_ROWS));
    if (!isDone) this.timer = setTimeout(() => this.run(true), 0);
    else if (isLate) this.done();
  }
}

export interface SlicedWork {
  cancel(): void;
}

/** Calls back with the share that is done after each slice, and with the result. */
export function inSlices<Result>(
  work: Generator<number, Result>,
  progressed: (share: number) => void,
  finished: (result: Result) => void,
): SlicedWork {
  let timer = setTimeout(next, 0);
  function next(): void {
    let share = 0;
    const isDone = runSlice(() => {
      const step = work.next();
      if (step.done) finished(step.value);
      else share = step.value;
      return step.done === true;
    });
    if (isDone) return;
    progressed(share);
    timer = setTimeout(next, 0);
  }
  return { cancel: () => clearTimeout(timer) };
}

/** Takes steps until one says that it was the last, or the slice is over; true when there are no more. */
function runSlice(step: () => boolean): boolean {
  const until = performance.now() + SLICE_MS;
  do {
    if (step()) return true;
  } while (performance.now() < until);
  return false;
}
