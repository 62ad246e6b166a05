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
  /** So many entries from the start on are in the order of time. */
  private sortedEntries = 0;
  /** Whether anybody is told to have taken it: of most locks nobody is, and need not be looked for. */
  hasTakers = false;

  add(time: number, unit: number, deed: Deed, operation: number, site: number): void {
    if (deed === TOOK) this.hasTakers = true;
    this.data.push(time, (unit * 4096 + operation) * 4 + deed, site);
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

  /** Forgets what is older than `time`, but for the last few before it. */
  forgetBefore(time: number): void {
    if (this.data.length < 4096 * WIDTH) return;
    const keepFrom = Math.max(0, this.countUntil(time) - LOOK_BACK);
    if (keepFrom <= LOOK_BACK) return;
    this.data = this.data.slice(keepFrom * WIDTH);
    this.sortedEntries -= keepFrom;
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
    if (this.sortedEntries * WIDTH < this.data.length) this.sort();
    return this.countOfSortedUntil(time);
  }

  /** Sorts what was added since the last time into the rest; it comes in pieces that are in order themselves. */
  private sort(): void {
    const { data } = this;
    let runs = ascendingRuns(data, this.sortedEntries);
    while (runs.length > 1) {
      const merged: number[][] = [];
      for (let i = 0; i < runs.length; i += 2) {
        const second = runs[i + 1];
        merged.push(second ? merge(runs[i] as number[], second) : (runs[i] as number[]));
      }
      runs = merged;
    }
    const [added] = runs;
    if (added) {
      const overlap = this.countOfSortedUntil(added[0] as number);
      const tail = merge(data.slice(overlap * WIDTH, this.sortedEntries * WIDTH), added);
      for (let i = 0; i < tail.length; i++) data[overlap * WIDTH + i] = tail[i] as number;
    }
    this.sortedEntries = data.length / WIDTH;
  }

  private countOfSortedUntil(time: number): number {
    const { data } = this;
    let low = 0;
    let high = this.sortedEntries;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((data[middle * WIDTH] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The entries from `from` on, cut where the time steps back. */
function ascendingRuns(data: readonly number[], from: number): number[][] {
  const runs: number[][] = [];
  let start = from * WIDTH;
  for (let at = start + WIDTH; at <= data.length; at += WIDTH) {
    if (at < data.length && (data[at] as number) >= (data[at - WIDTH] as number)) continue;
    runs.push(data.slice(start, at));
    start = at;
  }
  return runs;
}

function merge(first: readonly number[], second: readonly number[]): number[] {
  const merged: number[] = [];
  let [a, b] = [0, 0];
  while (a < first.length || b < second.length) {
    const isFirst = b >= second.length || (a < first.length && (first[a] as number) <= (second[b] as number));
    const from = isFirst ? first : second;
    const at = isFirst ? a : b;
    merged.push(from[at] as number, from[at + 1] as number, from[at + 2] as number);
    if (isFirst) a += WIDTH;
    else b += WIDTH;
  }
  return merged;
}
