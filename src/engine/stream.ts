/** One stream of records: whose facts they are at the point up to which it was read. */
import type { Owner } from './owner';
import type { Space } from './space';

export class Stream {
  /** Number of the segment that is read. */
  sequence = 0;
  thread: Owner | null = null;
  /** Tasks whose step is on; more than one where an eager task runs inside another's step. */
  readonly tasks: Owner[] = [];
  /** Whose facts follow: the innermost task, else the thread. */
  current: Owner | null = null;
  lastTime = 0;
  /** Latest time of a fact that was not told later than it happened. */
  order = 0;
  /** Records that could not be written, from the newest header. */
  dropped = 0;

  constructor(
    readonly space: Space,
    readonly number: number,
  ) {}

  setCurrent(): void {
    this.current = this.tasks[this.tasks.length - 1] ?? this.thread;
  }
}
