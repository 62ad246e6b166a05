/** What a lock, queue or the like is, from the operation by which it is known. Pure. */
import { OPERATION_NAMES } from '../common/events';

/** `threading.Lock` of an object, without what is done with it: `queue.Queue` for `queue.Queue.get`. */
export function typeOf(operation: number): string {
  const parts = (OPERATION_NAMES[operation] ?? '').split('.');
  const end = parts.findIndex((part) => /^[A-Z]/.test(part));
  return parts.slice(0, end + 1).join('.');
}

/** `lock`, `queue`: what an object is in one word. */
export function objectNoun(operation: number): string {
  return typeOf(operation).split('.').at(-1)?.toLowerCase() || 'object';
}
