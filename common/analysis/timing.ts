/** Adds up what touches a range. */
import { Distribution } from './distribution';
import type { Range, Timing } from './statistics';

export function newTiming(): Timing {
  return { count: 0, unfinished: 0, total: 0, durations: new Distribution(), longest: -1 };
}

/** Whether a stretch touches a range; one of no length does when it lies in it. */
export function touches({ from, to }: Range, start: number, end: number): boolean {
  return start === end ? start >= from && start <= to : start < to && end > from;
}

/** Nanoseconds of a stretch that lie in a range. */
export function within({ from, to }: Range, start: number, end: number): number {
  return Math.max(0, Math.min(end, to) - Math.max(start, from));
}

/** One that is over: `row` is its place in its table. */
export function addWhole(timing: Timing, nanos: number, row: number): void {
  timing.count++;
  if (timing.longest < 0 || nanos > timing.durations.max) timing.longest = row;
  timing.durations.add(nanos);
}

/** One that goes on, or whose end was never recorded. */
export function addUnfinished(timing: Timing): void {
  timing.count++;
  timing.unfinished++;
}

export function byTotal(a: Timing, b: Timing): number {
  return b.total - a.total || b.count - a.count;
}
