/**
 * What is selected, said so that it outlives its picture: a wait that goes on gets its row when it is over, and after a
 * snapshot all rows are new, but unit and start stay.
 */

import type { Source } from './bars';
import { findingOf, stretchOfFinding } from './findings';
import { levelsOf } from './functionSegments';
import type { Store } from './store';
import type { Track } from './track';
import type { WaitFacts } from './words';

export type Selection =
  | { readonly kind: 'wait'; readonly unit: number; readonly start: number }
  | {
      readonly kind: 'span';
      readonly unit: number;
      readonly thread: number;
      readonly depth: number;
      readonly start: number;
    }
  | { readonly kind: 'core'; readonly core: number; readonly start: number }
  | { readonly kind: 'unit'; readonly unit: number }
  | { readonly kind: 'finding'; readonly id: number }
  | { readonly kind: 'hold'; readonly object: number; readonly unit: number; readonly start: number }
  | { readonly kind: 'object'; readonly object: number }
  | Extract<Source, { kind: 'state' | 'merged' }>;

/** A wait with all that is known of it; `end` is NaN while it goes on. */
export interface Wait extends WaitFacts {
  readonly thread: number;
  readonly start: number;
  readonly end: number;
  readonly outcome: number;
  readonly cutOff: boolean;
  readonly wokenBy: number;
  readonly wokenAt: number;
  readonly site: number;
  readonly wokenSite: number;
}

export interface Span {
  readonly unit: number;
  readonly thread: number;
  readonly start: number;
  readonly end: number;
  readonly site: number;
  readonly depth: number;
  readonly flags: number;
}

export interface CoreStay {
  readonly core: number;
  /** Row + 1 of the thread. */
  readonly unit: number;
  readonly start: number;
  readonly end: number;
  readonly flags: number;
}

export function selectionOf(store: Store, source: Source): Selection {
  switch (source.kind) {
    case 'wait': {
      const { unit, start } = store.waits.columns;
      return { kind: 'wait', unit: unit[source.row], start: start[source.row] };
    }
    case 'openWait':
      return { kind: 'wait', unit: source.wait.unit, start: source.wait.start };
    case 'span': {
      const { unit, thread, depth, start } = store.spans.columns;
      return {
        kind: 'span',
        unit: unit[source.row],
        thread: thread[source.row],
        depth: depth[source.row],
        start: start[source.row],
      };
    }
    case 'openSpan': {
      const { unit, thread, depth, start } = source.span;
      return { kind: 'span', unit, thread, depth, start };
    }
    case 'core': {
      const { core, start } = store.coreSpans.columns;
      return { kind: 'core', core: core[source.row], start: start[source.row] };
    }
    case 'openCore':
      return { kind: 'core', core: source.span.core, start: source.span.start };
    case 'hold': {
      const { object, unit, start } = store.holds.columns;
      return { kind: 'hold', object: object[source.row], unit: unit[source.row], start: start[source.row] };
    }
    case 'unit':
    case 'object':
    case 'state':
    case 'merged':
      return source;
  }
}

export function findWait(store: Store, unit: number, start: number): Wait | undefined {
  for (let track = store.unitWaits[unit] as Track | undefined; track; track = track.overlapping) {
    const index = track.firstFrom(start);
    if (index < track.length && track.start(index) === start) return waitOfRow(store, track.rows[index]);
  }
  const open = (store.openWaitsByUnit.get(unit) ?? []).find((wait) => wait.start === start);
  if (!open) return undefined;
  return { ...open, outcome: 0, cutOff: false, wokenBy: 0, wokenAt: NaN, wokenSite: 0 };
}

export function waitOfRow(store: Store, row: number): Wait {
  const {
    unit,
    thread,
    start,
    end,
    operation,
    outcome,
    flags,
    object,
    target,
    heldBy,
    wokenBy,
    wokenAt,
    site,
    wokenSite,
  } = store.waits.columns;
  return {
    unit: unit[row],
    thread: thread[row],
    start: start[row],
    end: end[row],
    operation: operation[row],
    outcome: outcome[row],
    cutOff: (flags[row] & 2) !== 0,
    object: object[row],
    target: target[row],
    heldBy: heldBy[row],
    wokenBy: wokenBy[row],
    wokenAt: wokenAt[row],
    site: site[row],
    wokenSite: wokenSite[row],
  };
}

export function findSpan(store: Store, key: Extract<Selection, { kind: 'span' }>): Span | undefined {
  for (let track = spanTrack(store, key) as Track | undefined; track; track = track.overlapping) {
    const index = track.firstFrom(key.start);
    if (index < track.length && track.start(index) === key.start) return spanOfRow(store, track.rows[index]);
  }
  const open = (store.openSpansByUnit.get(key.unit) ?? []).find(
    (span) => span.depth === key.depth && span.start === key.start,
  );
  return open && { ...open, end: NaN };
}

export function spanOfRow(store: Store, row: number): Span {
  const { unit, thread, start, end, site, depth, flags } = store.spans.columns;
  return {
    unit: unit[row],
    thread: thread[row],
    start: start[row],
    end: end[row],
    site: site[row],
    depth: depth[row],
    flags: flags[row],
  };
}

export function findCoreStay(store: Store, core: number, start: number): CoreStay | undefined {
  const track = store.coreTracks[core];
  const index = track ? track.firstFrom(start) : 0;
  if (track && index < track.length && track.start(index) === start) {
    const { unit, end, flags } = store.coreSpans.columns;
    const row = track.rows[index];
    return { core, unit: unit[row], start, end: end[row], flags: flags[row] };
  }
  const open = store.openCoreSpans.find((span) => span.core === core && span.start === start);
  return open && { ...open, end: NaN, flags: 0 };
}

/** Jobs are not among their thread's calls, so they are looked for where they ran. */
function spanTrack(store: Store, key: Extract<Selection, { kind: 'span' }>): Track | undefined {
  const isJob = store.units[key.unit]?.kind === 'job';
  return isJob ? store.unitSteps[key.unit] : store.unitSpans[key.unit]?.[key.depth];
}

/** The calls that a thread or task was in at a time, innermost first; for a thread with a loop also the step that ran. */
export function callsAt(store: Store, unit: number, time: number): Span[] {
  const calls: Span[] = [];
  const { tracks, open } = levelsOf(store, unit);
  for (let level = 0; level < Math.max(tracks.length, ...[...open.keys()].map((key) => key + 1)); level++) {
    const index = tracks[level]?.at(time) ?? -1;
    const goesOn = open.get(level);
    if (index >= 0) calls.unshift(spanOfRow(store, (tracks[level] as Track).rows[index]));
    else if (goesOn && goesOn.start <= time) calls.unshift({ ...goesOn, end: Number.NaN });
  }
  return calls;
}

/** What a unit did at a time: a wait, else the innermost call, else itself. */
export function selectionAt(store: Store, unit: number, time: number): Selection {
  const track = store.unitWaits[unit];
  const index = track ? track.at(time) : -1;
  if (index >= 0) return { kind: 'wait', unit, start: track.start(index) };
  const open = (store.openWaitsByUnit.get(unit) ?? []).findLast((wait) => wait.start <= time && !(wait.end <= time));
  if (open) return { kind: 'wait', unit, start: open.start };
  const call = callsAt(store, unit, time)[0];
  if (call) return { kind: 'span', unit: call.unit, thread: call.thread, depth: call.depth, start: call.start };
  return { kind: 'unit', unit };
}

/** The stretch of time that is selected, up to `now` where it goes on; undefined when it is gone. */
export function stretchOf(
  store: Store,
  selection: Selection,
  now: number,
): { unit: number; from: number; to: number } | undefined {
  switch (selection.kind) {
    case 'wait': {
      const wait = findWait(store, selection.unit, selection.start);
      return wait && { unit: wait.unit, from: wait.start, to: Number.isNaN(wait.end) ? now : wait.end };
    }
    case 'span': {
      const span = findSpan(store, selection);
      return span && { unit: span.unit, from: span.start, to: Number.isNaN(span.end) ? now : span.end };
    }
    case 'core': {
      const stay = findCoreStay(store, selection.core, selection.start);
      return stay && { unit: stay.unit - 1, from: stay.start, to: Number.isNaN(stay.end) ? now : stay.end };
    }
    case 'state':
      return { unit: selection.unit, from: selection.from, to: Number.isNaN(selection.to) ? now : selection.to };
    case 'finding': {
      const finding = findingOf(store, selection.id);
      return finding && stretchOfFinding(finding);
    }
    case 'hold': {
      const row = findHold(store, selection);
      const { unit, start, end } = store.holds.columns;
      return row < 0 ? undefined : { unit: unit[row], from: start[row], to: end[row] };
    }
    case 'object':
      return undefined;
    case 'merged':
      return { unit: -1, from: selection.from, to: selection.to };
    case 'unit': {
      const unit = store.units[selection.unit];
      if (!unit) return undefined;
      const from = Number.isNaN(unit.start) ? unit.created : unit.start;
      return { unit: unit.id, from, to: Number.isNaN(unit.end) ? now : unit.end };
    }
  }
}

/** The row of a hold, -1 when it is gone. */
export function findHold(store: Store, hold: Extract<Selection, { kind: 'hold' }>): number {
  const { unit, start, end } = store.holds.columns;
  const rows = store.objectHolds[hold.object] ?? [];
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (end[rows[middle]] < hold.start) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < Math.min(rows.length, low + 1000); i++)
    if (unit[rows[i]] === hold.unit && start[rows[i]] === hold.start) return rows[i];
  return -1;
}

/** Who held what a wait is for when the wait began: the row of that hold, or -1. */
export function holdOfWait(store: Store, wait: Wait): number {
  if (wait.object === 0 || wait.heldBy === 0) return -1;
  const rows = store.objectHolds[wait.object - 1] ?? [];
  const { unit, thread, start, end } = store.holds.columns;
  // 1. The first hold that ended after the wait began: they are in the order of their ends.
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (end[rows[middle]] <= wait.start) low = middle + 1;
    else high = middle;
  }
  // 2. From there on the holder's. A semaphore has many at once, yet more than a thousand are not looked at.
  for (let i = low; i < Math.min(rows.length, low + 1000); i++) {
    const row = rows[i];
    const isHolder = unit[row] === wait.heldBy - 1 || thread[row] === wait.heldBy - 1;
    if (isHolder && start[row] <= wait.start) return row;
  }
  return -1;
}
