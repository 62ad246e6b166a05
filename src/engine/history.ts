/**
 * Who took, gave up or signalled on one object, and when: to find who ended a wait. Streams are read one after the
 * other, so entries come roughly, not strictly, in the order of time; they are sorted when somebody asks.
 */

export const TOOK = 0;
export const RELEASED = 1;
export const SIGNALLED = 2;
export type Deed = typeof TOOK | typeof RELEASED | typeof SIGNALLED;

export interface HistoryEntry {
  readonly time: number;
  readonly unit: number;
  readonly deed: Deed;
  readonly operation: number;
  /** Site row + 1, 0 unknown. */
  readonly site: number;
}

const WIDTH = 3;
/** How many entries before a moment are looked at; who ended a wait is nearly always among the last two. */
const LOOK_BACK = 512;

export class History {
  /** time, what (unit, operation, deed), site: three numbers an entry, without an object for each. */
  private data: number[] = [];
  private sorted = true;

  add(time: number, unit: number, deed: Deed, operation: number, site: number): void {
    const { data } = this;
    if (data.length !== 0 && time < (data[data.length - WIDTH] as number)) this.sorted = false;
    data.push(time, (unit * 4096 + operation) * 4 + deed, site);
  }

  /** The latest entry at or before `time` that `fits`. */
  latest(time: number, fits: (entry: HistoryEntry) => boolean): HistoryEntry | undefined {
    let index = this.countUntil(time) - 1;
    for (const stop = Math.max(0, index - LOOK_BACK); index >= stop; index--) {
      const entry = this.entry(index);
      if (fits(entry)) return entry;
    }
    return undefined;
  }

  /** The first entry after `time` that `fits`. */
  firstAfter(time: number, fits: (entry: HistoryEntry) => boolean): HistoryEntry | undefined {
    const from = this.countUntil(time);
    const end = Math.min(this.data.length / WIDTH, from + LOOK_BACK);
    for (let index = from; index < end; index++) {
      const entry = this.entry(index);
      if (fits(entry)) return entry;
    }
    return undefined;
  }

  /** Forgets what is older than `time`, but for the last few before it. */
  forgetBefore(time: number): void {
    if (this.data.length < 4096 * WIDTH) return;
    const keepFrom = Math.max(0, this.countUntil(time) - LOOK_BACK);
    if (keepFrom > LOOK_BACK) this.data = this.data.slice(keepFrom * WIDTH);
  }

  private entry(index: number): HistoryEntry {
    const { data } = this;
    const what = data[index * WIDTH + 1] as number;
    const rest = Math.floor(what / 4);
    return {
      time: data[index * WIDTH] as number,
      unit: Math.floor(rest / 4096),
      deed: (what % 4) as Deed,
      operation: rest % 4096,
      site: data[index * WIDTH + 2] as number,
    };
  }

  private countUntil(time: number): number {
    if (!this.sorted) this.sort();
    const { data } = this;
    let low = 0;
    let high = data.length / WIDTH;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((data[middle * WIDTH] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private sort(): void {
    const { data } = this;
    const order = Uint32Array.from({ length: data.length / WIDTH }, (_, i) => i * WIDTH);
    order.sort((a, b) => (data[a] as number) - (data[b] as number) || a - b);
    const sorted: number[] = [];
    for (const at of order) sorted.push(data[at] as number, data[at + 1] as number, data[at + 2] as number);
    this.data = sorted;
    this.sorted = true;
  }
}
