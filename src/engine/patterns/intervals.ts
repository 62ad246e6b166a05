/** Sets of time: intervals `[from, to]`, nanoseconds. */
export type Interval = readonly [from: number, to: number];

/** The same time as sorted intervals that do not touch. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]);
  const made: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = made.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else made.push([from, to]);
  }
  return made;
}

/** Of intervals that do not touch, such as `union` makes; of others, time in several of them counts that often. */
export function lengthOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** How much of a stretch of time lies in sorted intervals that do not touch. */
export function lengthWithin(intervals: readonly Interval[], from: number, to: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle] as Interval)[1] <= from) low = middle + 1;
    else high = middle;
  }
  let sum = 0;
  for (let at = low; at < intervals.length; at++) {
    const [start, end] = intervals[at] as Interval;
    if (start >= to) break;
    sum += Math.min(end, to) - Math.max(start, from);
  }
  return sum;
}

/** The time in which the number of intervals that are open is one that is wanted, as sorted intervals. */
export function whereCount(intervals: readonly Interval[], isWanted: (count: number) => boolean): Interval[] {
  const edges = intervals
    .filter(([from, to]) => to > from)
    .flatMap(([from, to]) => [[from, 1] as const, [to, -1] as const])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const made: Interval[] = [];
  let [count, last] = [0, 0];
  for (const [time, step] of edges) {
    if (time > last && count > 0 && isWanted(count)) made.push([last, time]);
    count += step;
    last = time;
  }
  return union(made);
}
