/** Sums over intervals `[from, to]`, nanoseconds. */
export type Interval = readonly [number, number];

/** How many of the intervals there are at once while there is at least one; 0 when there are none. */
export function atOnce(intervals: readonly Interval[]): number {
  const covered = lengthWith(intervals, (count) => count > 0);
  const sum = intervals.reduce((whole, [from, to]) => whole + to - from, 0);
  return covered > 0 ? sum / covered : 0;
}

/** How much of the time in which there is an interval there is only one, 0 to 1. */
export function aloneShare(intervals: readonly Interval[]): number {
  const covered = lengthWith(intervals, (count) => count > 0);
  return covered > 0 ? lengthWith(intervals, (count) => count === 1) / covered : 0;
}

function lengthWith(intervals: readonly Interval[], isWanted: (count: number) => boolean): number {
  const edges = intervals
    .filter(([from, to]) => to > from)
    .flatMap(([from, to]) => [[from, 1] as const, [to, -1] as const])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let [count, last, length] = [0, 0, 0];
  for (const [time, step] of edges) {
    if (isWanted(count)) length += time - last;
    count += step;
    last = time;
  }
  return length;
}

/** The parts of sorted, disjoint intervals that lie between two times. */
export function* partsWithin(intervals: readonly Interval[], from: number, to: number): Generator<Interval> {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle] as Interval)[1] <= from) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < intervals.length; at++) {
    const [start, end] = intervals[at] as Interval;
    if (start >= to) return;
    yield [Math.max(start, from), Math.min(end, to)];
  }
}
