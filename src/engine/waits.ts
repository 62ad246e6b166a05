/**
 * From a wait that is over to its row: what it was for, who held that, who ended the wait and when.
 *
 * The recorder tells the thread that held or gave, when it can; which task of the thread, when and at which line is found
 * in the object's history. For things that several processes share it tells nothing, so all is found by time. Either way
 * the other stream must have been read past the wait's end, so rows are made only then.
 */
import { OPERATION_NAMES, OUTCOME } from '../../common/events';
import { type History, type HistoryEntry, RELEASED, SIGNALLED, TOOK } from './history';
import { familyOf, type Model } from './model';
import type { Owner, PendingWait } from './owner';
import { GLOBAL_BIT } from './space';

/** A signal is recorded just before it is given, a wait just after it began: they may seem to be the wrong way round. */
const SLACK_NS = 1e5;

/** Who gave what longer ago than this is forgotten, unless it was among the last to do so. */
const REMEMBERED_NS = 1e9;
/** There may be a million histories, so they are not looked through each time. */
const SETTLEMENTS_PER_FORGETTING = 64;

/** Notes that a wait is over. */
export function endWait(model: Model, owner: Owner, wait: PendingWait, end: number): void {
  wait.end = Math.max(wait.start, end);
  const keptThread = owner.unit === owner.thread || wait.step === owner.steps;
  if (keptThread) {
    model.threadWaits[wait.thread] ??= [];
    model.threadWaits[wait.thread]?.push(wait.start, wait.end);
  }
  model.pendingWaits.push(wait);
}

/** Makes rows of all waits that ended at or before `horizon`, up to which all streams have been read. */
export function settleWaits(model: Model, horizon: number): void {
  const due = model.pendingWaits.filter((wait) => wait.end <= horizon);
  model.pendingWaits = model.pendingWaits.filter((wait) => wait.end > horizon);
  due.sort((a, b) => a.end - b.end);
  for (const wait of due) addWait(model, wait);
  if (++model.settlements % SETTLEMENTS_PER_FORGETTING !== 0) return;
  for (const history of model.histories) history?.forgetBefore(horizon - REMEMBERED_NS);
}

/** Unit row + 1, 0 unknown; what a wait that goes on is for and who holds it, as far as it is known now. */
export interface WaitSubject {
  readonly object: number;
  readonly target: number;
  readonly heldBy: number;
}

export function subjectOf(model: Model, wait: PendingWait): WaitSubject {
  const entity = model.entity(wait.space, wait.object[0], wait.object[1]);
  const object = entity & 1 ? (entity - 1) / 2 : 0;
  const target = entity & 1 ? 0 : entity / 2;
  return { object, target, heldBy: findHolder(model, wait, object - 1) + 1 };
}

function addWait(model: Model, wait: PendingWait): void {
  // What was waited for may have no record of its own.
  model.objectRow(wait.space, wait.object[0], wait.object[1], wait.operation);
  const { object, target, heldBy } = subjectOf(model, wait);
  const woken = findWaker(model, wait, object - 1, target - 1);
  const row = model.waits.add();
  const { columns } = model.waits;
  columns.unit[row] = wait.unit;
  columns.thread[row] = wait.thread;
  columns.start[row] = wait.start;
  columns.end[row] = wait.end;
  columns.operation[row] = wait.operation;
  columns.outcome[row] = wait.outcome;
  columns.flags[row] = wait.flags;
  columns.object[row] = object;
  columns.target[row] = target;
  columns.heldBy[row] = heldBy;
  columns.wokenBy[row] = woken.unit + 1;
  columns.wokenAt[row] = woken.at;
  columns.site[row] = wait.site;
  columns.wokenSite[row] = woken.site;
}

/** Row of the unit that held the object when the wait began, -1 unknown. */
function findHolder(model: Model, wait: PendingWait, object: number): number {
  const told = model.unitRow(wait.space, wait.holder[0], wait.holder[1]);
  const history = model.histories[object];
  if (!history) return told;
  if (told !== -1) {
    const isTaking = (entry: HistoryEntry) => entry.deed === TOOK && isUnitOrItsTask(model, entry.unit, told);
    const taken = history.hasTakers ? history.latest(wait.start, isTaking) : undefined;
    if (!taken) return familyOf(wait.operation) === 'lock' ? holderByReleases(model, history, wait, told) : told;
    // A task that took it earlier may have given it back since, and then the thread itself took it.
    const given = history.latest(wait.start, (entry) => entry.deed === RELEASED && entry.unit === taken.unit);
    return given && given.time > taken.time ? told : taken.unit;
  }
  if (!(wait.object[0] & GLOBAL_BIT)) {
    return familyOf(wait.operation) === 'lock' ? holderByReleases(model, history, wait, told) : -1;
  }
  if (!isPossession(wait.operation)) return -1;
  const gaveBack = new Set<number>();
  const holder = history.latest(wait.start, (entry) => {
    if (entry.deed === RELEASED) gaveBack.add(entry.unit);
    return entry.deed === TOOK && entry.unit !== wait.unit && !gaveBack.has(entry.unit);
  });
  return holder ? holder.unit : -1;
}

/**
 * Whom the recorder tells, or nobody, may have given the lock back a moment before, to one that had not yet come to say
 * that it has it. Who gives it back next, had it; while nobody has, who took it since.
 */
function holderByReleases(model: Model, history: History, wait: PendingWait, told: number): number {
  const before = history.latest(wait.start, (entry) => entry.deed === RELEASED);
  const hasKeptIt = told !== -1 && (!before || !isUnitOrItsTask(model, before.unit, told));
  if (hasKeptIt) return told;
  const until = Number.isNaN(wait.end) ? Number.POSITIVE_INFINITY : wait.end;
  let next = -1;
  let taker = -1;
  history.latest(until, (entry) => {
    const isAfter = entry.time > wait.start;
    if (isAfter && entry.deed === RELEASED) next = entry.unit;
    if (isAfter && entry.deed === TOOK && entry.unit !== wait.unit) taker = entry.unit;
    return !isAfter;
  });
  if (next !== -1) return next;
  return taker === -1 && told !== wait.unit ? told : taker;
}

interface Waker {
  /** Unit row, -1 unknown. */
  readonly unit: number;
  readonly at: number;
  /** Site row + 1. */
  readonly site: number;
}

const NOBODY: Waker = { unit: -1, at: Number.NaN, site: 0 };

function findWaker(model: Model, wait: PendingWait, object: number, target: number): Waker {
  if (wait.outcome === OUTCOME.timeout || wait.flags & 2) return NOBODY;
  if (target !== -1 && wait.outcome !== OUTCOME.cancelled) {
    const ended = endOfTarget(model, wait, target);
    if (ended) return ended;
  }
  const told = model.unitRow(wait.space, wait.waker[0], wait.waker[1]);
  // A job is a call, it is its worker who does things.
  if (told !== -1 && model.unit(told).kind === 'job')
    return endOfTarget(model, wait, told) ?? { ...NOBODY, unit: told };
  const history = model.histories[object];
  const isGift = (entry: HistoryEntry) =>
    (entry.deed === RELEASED || entry.deed === SIGNALLED) && canEnd(entry, wait.operation);
  if (told !== -1) {
    const gift = history?.latest(wait.end, (entry) => isGift(entry) && isUnitOrItsTask(model, entry.unit, told));
    if (gift) return { unit: gift.unit, at: gift.time, site: gift.site };
    // By ending: a task for which a gather waited, say.
    const { end } = model.unit(told);
    const byEnding = end >= wait.start - SLACK_NS && end <= wait.end + SLACK_NS;
    return { unit: told, at: byEnding ? Math.min(end, wait.end) : Number.NaN, site: 0 };
  }
  if (wait.outcome === OUTCOME.cancelled || !history) return NOBODY;
  const gift = history.latest(wait.end, (entry) => isGift(entry) && entry.unit !== wait.unit);
  return gift && gift.time >= wait.start - SLACK_NS ? { unit: gift.unit, at: gift.time, site: gift.site } : NOBODY;
}

/** A join or result is ended by the end of what it is for: a job's by the worker that ran it. */
function endOfTarget(model: Model, wait: PendingWait, target: number): Waker | undefined {
  const unit = model.unit(target);
  const sawItEnd = wait.outcome === OUTCOME.ok && familyOf(wait.operation) === 'join';
  if (unit.kind === 'process' && sawItEnd && !model.seenEnded.has(target)) {
    model.seenEnded.set(target, wait.end);
  }
  // A program that does not record itself: that somebody saw it end is all there is to know.
  if (unit.kind === 'process' && sawItEnd && Number.isNaN(unit.start)) return { unit: target, at: wait.end, site: 0 };
  const hasEnded = unit.end <= wait.end + SLACK_NS;
  if (!hasEnded && familyOf(wait.operation) !== 'join') return undefined;
  const worker = unit.kind === 'job' ? model.threadOf(target) : -1;
  return { unit: worker === -1 ? target : worker, at: hasEnded ? Math.min(unit.end, wait.end) : Number.NaN, site: 0 };
}

function isUnitOrItsTask(model: Model, row: number, wanted: number): boolean {
  return row === wanted || (model.unit(row).kind === 'task' && model.unit(row).parent === wanted);
}

function isPossession(operation: number): boolean {
  const family = familyOf(operation);
  return family === 'lock' || family === 'semaphore';
}

/** For the last word of what is waited in: the last words of what ends such a wait. Others are ended by all but `clear`. */
const ENDED_BY: Readonly<Record<string, string>> = {
  get: 'put',
  put: 'get',
  join: 'task_done',
  recv: 'send',
  poll: 'send',
  wait: 'send',
  send: 'recv',
};

function canEnd(entry: HistoryEntry, operation: number): boolean {
  const deed = lastWord(entry.operation);
  if (deed === 'clear') return false;
  if (entry.deed === RELEASED) return true;
  const wanted =
    familyOf(operation) === 'queue' || familyOf(operation) === 'pipe' ? ENDED_BY[lastWord(operation)] : undefined;
  return wanted === undefined || deed === wanted;
}

/** `get` of `queue.Queue.get`. */
export function lastWord(operation: number): string {
  return LAST_WORDS[operation] ?? '';
}

const LAST_WORDS: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(OPERATION_NAMES).map(([id, name]) => [id, name.slice(name.lastIndexOf('.') + 1)]),
);
