/** Why something waited or began: one step back, and the chain of those who kept each other waiting. Pure. */
import type { Unit } from '../../common/trace';
import { findWait, type Selection, selectionAt, stretchOf, type Wait, waitOfRow } from '../selection';
import type { Store } from '../store';
import type { Track } from '../track';

/** One who waited, and for whom. */
export interface Link {
  readonly wait: Wait;
  /** The stretch of it that matters: where the waits before it in the chain went on as well. */
  readonly from: number;
  readonly to: number;
  /** Unit for which it waited, -1 when nobody is known to have kept it waiting. */
  readonly next: number;
  /** How that one is known. */
  readonly by: 'holder' | 'target' | 'ender' | 'nobody';
}

export interface Chain {
  /** The wait asked about first. */
  readonly links: readonly Link[];
  /** The unit at its end, which did not wait (long enough to matter), and when to look; -1 when nobody is known. */
  readonly root: number;
  readonly rootAt: number;
  /** The root is one that waits earlier in the chain: they wait for each other. */
  readonly isCircle: boolean;
}

/** Longer chains are not read. */
const MOST_LINKS = 12;
/** A wait that takes less of the stretch than this did not cause it. */
const LEAST_PART = 0.25;
/** Waits of one unit in a stretch that are looked at. */
const MOST_WAITS = 2000;

/** The one who ended a wait at the moment when it did so, the one who holds it up while it goes on; undefined when nobody is known. */
export function enderOf(store: Store, wait: Wait, now: number): { unit: number; time: number } | undefined {
  if (!Number.isNaN(wait.end)) {
    if (wait.wokenBy === 0) return undefined;
    return { unit: wait.wokenBy - 1, time: Number.isNaN(wait.wokenAt) ? wait.end : wait.wokenAt };
  }
  const { unit, by } = keeperOf(store, wait);
  return by === 'nobody' ? undefined : { unit, time: now };
}

/** What somebody did, and the moment of it that matters. */
export interface Cause {
  readonly selection: Selection;
  readonly time: number;
}

/**
 * What led to what is selected: of a wait who ended it, of what runs the wait before it, of a unit who started it. `at` is
 * the moment of it that is asked about.
 */
export function causeOf(store: Store, selection: Selection, now: number, at = Number.NaN): Cause | undefined {
  if (selection.kind === 'wait') {
    const wait = findWait(store, selection.unit, selection.start);
    const ender = wait && enderOf(store, wait, now);
    return ender && { selection: activityAt(store, ender.unit, ender.time), time: ender.time };
  }
  const stretch = selection.kind === 'finding' ? undefined : stretchOf(store, selection, now);
  const unit = stretch && store.units[stretch.unit];
  if (!unit) return undefined;
  const asked = at >= stretch.from && at <= stretch.to ? at : stretch.to;
  const before = selection.kind === 'unit' && Number.isNaN(at) ? undefined : waitBefore(store, unit.id, asked);
  if (before) return { selection: { kind: 'wait', unit: unit.id, start: before.start }, time: before.end };
  const { startedBy, created, start } = starterOf(store, unit);
  const time = Number.isNaN(created) ? start : created;
  return startedBy < 0 ? undefined : { selection: activityAt(store, startedBy, time), time };
}

/** What a unit did: the wait or call that `selectionAt` knows, else how its thread stood. */
export function activityAt(store: Store, unit: number, time: number): Selection {
  const known = selectionAt(store, unit, time);
  if (known.kind !== 'unit') return known;
  for (const [state, track] of (store.unitStates[unit] ?? []).entries()) {
    const index = track ? track.at(time) : -1;
    if (!track || index < 0) continue;
    const derived = (store.states.columns.flags[track.rows[index]] & 1) === 1;
    return { kind: 'state', unit, state, from: track.start(index), to: track.end(index), derived };
  }
  return known;
}

export function chainOf(store: Store, first: Wait, now: number): Chain {
  const links: Link[] = [];
  const waiting = new Set<number>();
  let wait = first;
  let [from, to] = [first.start, endOf(first, now)];
  for (;;) {
    const { unit: next, by } = keeperOf(store, wait);
    links.push({ wait, from, to, next, by });
    waiting.add(wait.unit);
    if (next < 0) return { links, root: -1, rootAt: Number.NaN, isCircle: false };
    const rootAt = (from + to) / 2;
    if (waiting.has(next)) return { links, root: next, rootAt, isCircle: true };
    const following = links.length < MOST_LINKS ? mainWait(store, next, from, to, now) : undefined;
    if (!following) return { links, root: next, rootAt, isCircle: false };
    [from, to] = [Math.max(from, following.start), Math.min(to, endOf(following, now))];
    wait = following;
  }
}

/** Who keeps a wait waiting: who held the thing, whose end it is for, or who ended it. */
function keeperOf(store: Store, wait: Wait): { unit: number; by: Link['by'] } {
  if (wait.heldBy > 0 && wait.heldBy - 1 !== wait.unit) return { unit: wait.heldBy - 1, by: 'holder' };
  const target = wait.target > 0 ? runnerOf(store, wait.target - 1) : -1;
  if (target >= 0 && target !== wait.unit) return { unit: target, by: 'target' };
  if (wait.wokenBy > 0 && wait.wokenBy - 1 !== wait.unit)
    return { unit: runnerOf(store, wait.wokenBy - 1), by: 'ender' };
  return { unit: -1, by: 'nobody' };
}

/** A job is run by its worker, a process by its first thread. */
function runnerOf(store: Store, id: number): number {
  const unit = store.units[id];
  if (unit?.kind === 'job') return store.units[unit.parent]?.kind === 'thread' ? unit.parent : id;
  if (unit?.kind !== 'process') return id;
  return store.children[id]?.find((child) => store.units[child].kind === 'thread') ?? id;
}

/** The wait of a unit that takes most of a stretch, if it takes enough of it. */
function mainWait(store: Store, unit: number, from: number, to: number, now: number): Wait | undefined {
  let best: number | undefined;
  let most = (to - from) * LEAST_PART;
  const consider = (start: number, end: number): void => {
    const within = Math.min(to, Number.isNaN(end) ? now : end) - Math.max(from, start);
    if (within < most) return;
    most = within;
    best = start;
  };
  for (let track = store.unitWaits[unit] as Track | undefined; track; track = track.overlapping) {
    const first = track.firstEndingAfter(from);
    const last = Math.min(track.firstFrom(to), first + MOST_WAITS);
    for (let i = first; i < last; i++) consider(track.start(i), track.end(i));
  }
  for (const { start, end } of store.openWaitsByUnit.get(unit) ?? []) consider(start, end);
  return best === undefined ? undefined : findWait(store, unit, best);
}

/** The last wait of a unit that was over at a time. */
function waitBefore(store: Store, unit: number, time: number): Wait | undefined {
  let latest: Wait | undefined;
  for (let track = store.unitWaits[unit] as Track | undefined; track; track = track.overlapping) {
    const index = track.firstEndingAfter(time) - 1;
    if (index >= 0 && !(latest && latest.end >= track.end(index))) latest = waitOfRow(store, track.rows[index]);
  }
  return latest;
}

/** The unit itself, or the nearest one around it of which it is known who started it. */
function starterOf(store: Store, unit: Unit): Unit {
  let at = unit;
  for (let depth = 0; depth < 1000 && at.startedBy < 0 && at.parent >= 0; depth++) at = store.units[at.parent] ?? at;
  return at;
}

function endOf(wait: Wait, now: number): number {
  return Number.isNaN(wait.end) ? now : wait.end;
}
