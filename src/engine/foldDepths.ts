/**
 * How many items queues of the module `queue` have, from their puts and gets. A put is told before it is done; one that has
 * to wait for room counts when its wait is over.
 */
import { OPERATION } from '../../common/events';
import type { Model } from './model';
import type { RawRecord } from './record';
import type { Stream } from './stream';

const PUTS: ReadonlySet<number> = new Set([
  OPERATION['queue.Queue.put'],
  OPERATION['queue.LifoQueue.put'],
  OPERATION['queue.PriorityQueue.put'],
  OPERATION['queue.SimpleQueue.put'],
]);
const GETS: ReadonlySet<number> = new Set([
  OPERATION['queue.Queue.get'],
  OPERATION['queue.LifoQueue.get'],
  OPERATION['queue.PriorityQueue.get'],
  OPERATION['queue.SimpleQueue.get'],
]);

/** Whether items are counted by this operation. */
export function isDepthPut(operation: number): boolean {
  return PUTS.has(operation);
}

export function isDepthGet(operation: number): boolean {
  return GETS.has(operation);
}

export function addDepth(model: Model, object: number, time: number, change: 1 | -1): void {
  const row = model.depths.add();
  const { columns } = model.depths;
  columns.object[row] = object;
  columns.time[row] = time;
  columns.change[row] = change;
}

/** A wait for room begins, or is over: what was told before it has not been done yet, or is done now. */
export function addDepthOfPut(
  model: Model,
  stream: Stream,
  record: RawRecord,
  operation: number,
  change: 1 | -1,
): void {
  if (!isDepthPut(operation)) return;
  const object = model.objectRow(stream.space, record.objectHigh, record.objectLow, operation);
  if (object !== -1) addDepth(model, object, record.time, change);
}
