/** Vector clocks: what each thread can have seen of the others. */

/** By a thread's number: up to which of that thread's epochs something was seen; shorter than the threads are many. */
export type Vector = readonly number[];

/** The clock of one thread. Its vector may be shared with others, so it is copied before it changes. */
export class ThreadClock {
  /** The epoch that the thread is in, from 1. */
  epoch = 1;
  private vector: number[] = [];
  private isShared = false;

  constructor(
    /** Number of the thread among all threads of the run. */
    readonly number: number,
  ) {}

  /** What the thread has seen of others; of itself it has seen all. Stays as it is when the clock goes on. */
  share(): Vector {
    this.isShared = true;
    return this.vector;
  }

  hasSeen(number: number, epoch: number): boolean {
    return number === this.number || (this.vector[number] ?? 0) >= epoch;
  }

  /** All that is in a vector happened before what the thread does from now on. */
  join(other: Vector): void {
    for (let at = 0; at < other.length; at++) {
      if ((other[at] as number) > (this.vector[at] ?? 0) && at !== this.number) this.set(at, other[at] as number);
    }
  }

  /** What one thread did up to an epoch happened before what this one does from now on. */
  see(number: number, epoch: number): void {
    if (!this.hasSeen(number, epoch)) this.set(number, epoch);
  }

  /** All that the thread has seen and done, as a vector of its own. */
  snapshot(): number[] {
    const copy = this.vector.slice();
    for (let at = copy.length; at <= this.number; at++) copy.push(0);
    copy[this.number] = this.epoch;
    return copy;
  }

  private set(at: number, epoch: number): void {
    if (this.isShared) {
      this.vector = this.vector.slice();
      this.isShared = false;
    }
    for (let length = this.vector.length; length < at; length++) this.vector.push(0);
    this.vector[at] = epoch;
  }
}

/** The larger of two vectors at each place; one of the two itself when it is that. */
export function joined(a: Vector | undefined, b: Vector): Vector {
  if (!a) return b;
  if (isWithin(a, b)) return b;
  const made = a.slice();
  for (let at = 0; at < b.length; at++) made[at] = Math.max(made[at] ?? 0, b[at] as number);
  return made;
}

function isWithin(a: Vector, b: Vector): boolean {
  for (let at = 0; at < a.length; at++) if ((a[at] as number) > (b[at] ?? 0)) return false;
  return true;
}
