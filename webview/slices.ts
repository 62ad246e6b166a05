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
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      if (!task.advance(STEP_ROWS)) continue;
      if (isLate) this.done();
      return;
    }
    this.timer = setTimeout(() => this.run(true), 0);
  }
}
