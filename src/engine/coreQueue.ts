/** Switches of one core that are not yet placed on the timeline, in the order of time. */

export const ON = 0;
export const OFF = 1;
/** Off the core although it wanted to go on. */
export const OFF_PREEMPTED = 2;
/** Records were lost: who is on the core is unknown until the next one. */
export const UNKNOWN = 3;
/** On the core, for which it waited for most of the time since it was last on one; where that is only sampled. */
export const ON_WANTED = 4;
export type Change = typeof ON | typeof OFF | typeof OFF_PREEMPTED | typeof UNKNOWN | typeof ON_WANTED;

export class CoreQueue {
  private times = new Float64Array(256);
  private pids = new Uint32Array(256);
  private tids = new Uint32Array(256);
  private changes = new Uint8Array(256);
  private head = 0;
  private end = 0;
  private latest = 0;

  add(time: number, pid: number, tid: number, change: Change): void {
    if (this.end === this.times.length) this.makeRoom();
    const at = this.end++;
    // The order inside a core is that of the file; a clock that seems to step back is damage or noise.
    this.latest = Math.max(this.latest, time);
    this.times[at] = this.latest;
    this.pids[at] = pid;
    this.tids[at] = tid;
    this.changes[at] = change;
  }

  /** Time of the first switch; Infinity when there is none. */
  get nextTime(): number {
    return this.head < this.end ? (this.times[this.head] as number) : Number.POSITIVE_INFINITY;
  }

  get nextPid(): number {
    return this.pids[this.head] as number;
  }

  get nextTid(): number {
    return this.tids[this.head] as number;
  }

  get nextChange(): Change {
    return this.changes[this.head] as Change;
  }

  drop(): void {
    this.head++;
    if (this.head === this.end) this.head = this.end = 0;
  }

  private makeRoom(): void {
    const length = this.end - this.head;
    const capacity = length * 2 > this.times.length ? this.times.length * 2 : this.times.length;
    const { times, pids, tids, changes, head, end } = this;
    this.times = new Float64Array(capacity);
    this.pids = new Uint32Array(capacity);
    this.tids = new Uint32Array(capacity);
    this.changes = new Uint8Array(capacity);
    this.times.set(times.subarray(head, end));
    this.pids.set(pids.subarray(head, end));
    this.tids.set(tids.subarray(head, end));
    this.changes.set(changes.subarray(head, end));
    this.head = 0;
    this.end = length;
  }
}
