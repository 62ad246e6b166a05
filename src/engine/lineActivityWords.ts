/** The figures of a line in words. What is sampled says so: a count with ≥, a time with ~. */
import type { LineFigures } from './lineActivity';
import type { LongestWait } from './lineActivityDetails';
import { type Named, objectName, operationName, unitName } from './names';
import { duration } from './reportText';

/** `12× · 3.4 ms · waited 2.1 ms`; '' when there is nothing to tell. */
export function figureWords(figures: LineFigures): string {
  const waited = waitingTime(figures);
  return [countWords(figures), timeWords(figures), waited && `waited ${waited}`]
    .filter((words) => words !== '')
    .join(' · ');
}

/** `≥ 1,200×`, `3 calls`. */
export function countWords({ count, calls, isSampled }: LineFigures): string {
  if (calls > 0) return `${grouped(calls)} ${calls === 1 ? 'call' : 'calls'}`;
  return count === 0 ? '' : `${isSampled ? '≥ ' : ''}${grouped(count)}×`;
}

/** `~ 3.4 ms`. */
export function timeWords({ count, calls, total, callTime, isSampled }: LineFigures): string {
  if (calls > 0) return duration(callTime);
  return count === 0 ? '' : `${isSampled ? '~ ' : ''}${duration(total)}`;
}

/** `2.1 ms`; '' where it never waited. */
export function waitingTime({ waits, waiting }: LineFigures): string {
  return waits === 0 ? '' : duration(waiting);
}

/** `worker-1 waited 3.2 ms for Cache._lock, held by worker-2`. */
export function longestWaitWords(trace: Named, wait: LongestWait): string {
  const { unit, from, to, isOver, operation, object, target, heldBy } = wait;
  const thing = object > 0 ? objectName(trace, object - 1) : target > 0 ? unitName(trace, target - 1) : '';
  const what = thing === '' ? `in ${operationName(operation)}` : `for ${thing}`;
  const holder = heldBy > 0 && heldBy !== target ? `, held by ${unitName(trace, heldBy - 1)}` : '';
  const did = isOver ? `waited ${duration(to - from)}` : `has waited ${duration(to - from)} so far`;
  return `${unitName(trace, unit)} ${did} ${what}${holder}`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
