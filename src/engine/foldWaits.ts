/** Waits, and what is taken and given back. */
import { OPERATION, OUTCOME } from '../../common/events';
import { addDepth, addDepthOfPut, isDepthGet } from './foldDepths';
import { RELEASED, SIGNALLED, TOOK } from './history';
import { familyOf, type Model } from './model';
import { type Id, idOf, NO_ID, type OpenHold, type Owner } from './owner';
import type { RawRecord } from './record';
import { GLOBAL_BIT } from './space';
import type { Stream } from './stream';
import { endWait, lastWord } from './waits';

const REENTRANT: ReadonlySet<number> = new Set([OPERATION['threading.RLock'], OPERATION['multiprocessing.RLock']]);

/** What takes something out of a queue or pipe, for which those who put something in may wait. */
const MAKES_ROOM: ReadonlySet<string> = new Set(['get', 'recv']);

export function foldWait(model: Model, stream: Stream, record: RawRecord): void {
  const { current, thread, space } = stream;
  if (!current || !thread) return;
  addDepthOfPut(model, stream, record, record.operation, -1);
  current.waits.push({
    unit: current.unit,
    thread: thread.unit,
    space,
    start: record.time,
    end: Number.NaN,
    operation: record.operation,
    outcome: OUTCOME.ok,
    flags: record.flags & 1,
    object: idOf(record.objectHigh, record.objectLow),
    holder: idOf(record.argHigh, record.argLow),
    waker: NO_ID,
    site: model.siteRow(space, record.site),
    step: current.steps,
  });
}

export function foldGot(model: Model, stream: Stream, record: RawRecord): void {
  const { current, thread } = stream;
  if (!current || !thread) return;
  const owner = findWait(current, record) === -1 && findWait(thread, record) !== -1 ? thread : current;
  const place = findWait(owner, record);
  const found = owner.waits[place];
  // Of what was waited for in general (any child process) the end tells which one it was.
  const wait = found && isNone(found.object) ? { ...found, object: idOf(record.objectHigh, record.objectLow) } : found;
  const operation = record.operation || (wait?.operation ?? 0);
  if (wait) {
    // Waits inside this one whose end is missing ended with it.
    while (owner.waits.length > place + 1) {
      const inner = owner.waits.pop()!;
      inner.flags |= 2;
      endWait(model, owner, inner, record.time);
    }
    owner.waits.pop();
    wait.outcome = record.outcome;
    if (record.argHigh !== 0 || record.argLow !== 0) wait.waker = [record.argHigh, record.argLow];
    else if (wait.step !== owner.steps) wait.waker = owner.resumedBy;
    endWait(model, owner, wait, record.time);
  }
  if (record.outcome === OUTCOME.ok) {
    obtain(model, stream, owner, record, operation);
    addDepthOfPut(model, stream, record, operation, 1);
  }
}

function findWait(owner: Owner, record: RawRecord): number {
  const { waits } = owner;
  for (let i = waits.length - 1; i >= 0; i--) {
    const { object, operation } = waits[i]!;
    if (object[0] === record.objectHigh && object[1] === record.objectLow) return i;
    if (isNone(object) && operation === record.operation) return i;
  }
  return -1;
}

function isNone([high, low]: Id): boolean {
  return high === 0 && low === 0;
}

export function foldAcquire(model: Model, stream: Stream, record: RawRecord): void {
  if (record.outcome === OUTCOME.ok && stream.current) {
    obtain(model, stream, stream.current, record, record.operation);
  }
}

/** A lock is held from now on; a queue has a place more for those who wait to put something in. */
function obtain(model: Model, stream: Stream, owner: Owner, record: RawRecord, operation: number): void {
  const family = familyOf(operation);
  if (family === 'lock' || family === 'semaphore') take(model, stream, owner, record, operation);
  else if (MAKES_ROOM.has(lastWord(operation)) && (family === 'queue' || family === 'pipe')) {
    const object = model.objectRow(stream.space, record.objectHigh, record.objectLow, operation);
    const site = model.siteRow(stream.space, record.site);
    if (object !== -1) model.history(object).add(record.time, owner.unit, SIGNALLED, operation, site);
    if (object !== -1 && isDepthGet(operation)) addDepth(model, object, record.time, -1);
  }
}

function take(model: Model, stream: Stream, owner: Owner, record: RawRecord, operation: number): void {
  const object = model.objectRow(stream.space, record.objectHigh, record.objectLow, operation);
  if (object === -1) return;
  // For things inside one process the recorder knows which thread holds them; only the task has to be found by time.
  const isTask = owner !== stream.thread;
  if (isTask || record.objectHigh & GLOBAL_BIT) {
    model.history(object).add(record.time, owner.unit, TOOK, operation, 0);
  }
  const site = model.siteRow(stream.space, record.site);
  const held = REENTRANT.has(operation) ? owner.holds.find((hold) => hold.object === object) : undefined;
  if (held) held.count++;
  else owner.holds.push({ object, start: record.time, site, operation, count: 1 });
}

export function foldRelease(model: Model, stream: Stream, record: RawRecord): void {
  const { current, thread } = stream;
  if (!current) return;
  const object = model.objectRow(stream.space, record.objectHigh, record.objectLow, record.operation);
  if (object === -1) return;
  const site = model.siteRow(stream.space, record.site);
  model.history(object).add(record.time, current.unit, RELEASED, record.operation, site);
  const owner = holdIndex(current, object) === -1 && thread ? thread : current;
  const place = holdIndex(owner, object);
  const hold = owner.holds[place];
  if (!hold) {
    model.strayReleases.push({ object, time: record.time, site });
    return;
  }
  if (--hold.count > 0) return;
  owner.holds.splice(place, 1);
  addHold(model, owner, hold, record.time, site);
}

function holdIndex(owner: Owner, object: number): number {
  const { holds } = owner;
  for (let i = holds.length - 1; i >= 0; i--) if (holds[i]!.object === object) return i;
  return -1;
}

export function addHold(model: Model, owner: Owner, hold: OpenHold, end: number, releaseSite: number): void {
  const row = model.holds.add();
  const { columns } = model.holds;
  columns.unit[row] = owner.unit;
  columns.thread[row] = owner.thread;
  columns.start[row] = hold.start;
  columns.end[row] = Math.max(hold.start, end);
  columns.object[row] = hold.object;
  columns.site[row] = hold.site;
  columns.releaseSite[row] = releaseSite;
}
