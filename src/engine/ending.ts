/** The end of processes and of the trace: what was still going on then. */
import type { RunState, UnitState } from '../../common/trace';
import { endUnit } from './foldUnits';
import { addHold } from './foldWaits';
import type { AbandonedHold, Model } from './model';
import type { OpenHold, Owner } from './owner';
import type { Space } from './space';

/** Ends the units of spaces whose end was recorded at or before `horizon`, up to which all streams were read. */
export function closeEndedSpaces(model: Model, horizon: number): void {
  for (const space of model.spaces.values()) {
    if (!space.closed && space.ended <= horizon) closeSpace(model, space, space.ended, space.endState, 'killed');
  }
}

/** Ends processes that somebody saw end although they recorded no end themselves: they were killed, or left the hard way. */
export function closeSeenEnded(model: Model, horizon: number): void {
  for (const [row, time] of model.seenEnded) {
    const unit = model.unit(row);
    if (time > horizon || !Number.isNaN(unit.end)) continue;
    const space = model.unitSpaces[row];
    if (space) closeSpace(model, space, time, 'unknown', 'unknown');
    else {
      // A program that does not record itself.
      if (Number.isNaN(unit.start)) unit.start = unit.created;
      endUnit(model, row, time, 'finished', 0);
    }
  }
}

/** The program itself failed when its exit status says so, also where its last record came before that was known. */
export function markExitStatus(model: Model, exitCode: number | null): void {
  const program = model.units.find(({ how }) => how === 'program');
  if (program?.state !== 'finished' || exitCode === null || exitCode === 0) return;
  program.state = exitCode < 0 ? 'killed' : 'failed';
  model.touch(program.id);
}

/** Ends all that is open, all that was recorded having been settled; `exits` are the times at which threads of the system ended, on the recorder's clock. */
export function closeEverything(
  model: Model,
  exits: ReadonlyMap<number, readonly number[]>,
  originNs: number,
  run: RunState,
): void {
  const state = run.kind === 'ended' && run.how !== 'exited' ? 'killed' : 'unknown';
  for (const space of model.spaces.values()) {
    if (space.closed || space.unit === -1) continue;
    const exit = exitOf(exits, space.header.pid, space.begin + originNs) - originNs;
    const { end } = model.unit(space.unit);
    const known = Number.isNaN(end) ? exit : end;
    closeSpace(model, space, Number.isNaN(known) ? model.now : known, state, state);
  }
  for (const unit of model.units) {
    if (unit.kind !== 'process' || !Number.isNaN(unit.end)) continue;
    // A program that does not record itself.
    if (Number.isNaN(unit.start)) unit.start = unit.created;
    const exit = exitOf(exits, unit.pid, unit.start + originNs) - originNs;
    endUnit(model, unit.id, Number.isNaN(exit) ? model.now : exit, Number.isNaN(exit) ? 'unknown' : 'finished', 1);
  }
  // In a damaged trace things are done by units that never began or have ended.
  for (const owner of model.owners) if (owner) endUnit(model, owner.unit, model.now, 'unknown', 1);
}

/** `state` is that of the process and of its main thread, `rest` of all that it cut short. */
function closeSpace(model: Model, space: Space, time: number, state: UnitState, rest: UnitState): void {
  space.closed = true;
  // What was made last ends first: tasks before their thread, threads before their process.
  for (let i = space.units.length - 1; i >= 0; i--) {
    const row = space.units[i] as number;
    const unit = model.unit(row);
    if (Number.isNaN(unit.start) || row === space.unit) continue;
    if (unit.kind === 'process' || unit.kind === 'interpreter') continue;
    const endsWithProcess = row === space.mainThread;
    endUnit(model, row, time, endsWithProcess ? state : rest, endsWithProcess ? 0 : 1);
  }
  if (space.unit !== -1) endUnit(model, space.unit, time, state, 0);
}

/** NaN when it is not known. */
function exitOf(exits: ReadonlyMap<number, readonly number[]>, tid: number, after: number): number {
  return exits.get(tid)?.find((time) => time >= after) ?? Number.NaN;
}

/**
 * A lock may be given back by another than the one who took it (and a semaphore used as a signal always is): such a
 * release ends the oldest possession of the object that is open.
 */
export function matchStrayReleases(model: Model, horizon: number): void {
  const due = model.strayReleases.filter((release) => release.time <= horizon);
  const isLast = horizon === Number.POSITIVE_INFINITY;
  if (due.length > 0) {
    model.strayReleases = model.strayReleases.filter((release) => release.time > horizon);
    due.sort((a, b) => a.time - b.time);
    const open = openHoldsByObject(model);
    for (const { object, time, site } of due) {
      const candidates = open.get(object);
      const place = candidates?.findIndex(({ hold }) => hold.start <= time) ?? -1;
      if (!candidates || place === -1) continue;
      const [{ hold, owner }] = candidates.splice(place, 1) as [AbandonedHold];
      addHold(model, owner, hold, time, site);
      forget(model, owner, hold);
    }
  }
  if (!isLast) return;
  for (const { hold, owner } of model.abandonedHolds) addHold(model, owner, hold, model.now, 0);
  model.abandonedHolds = [];
}

function openHoldsByObject(model: Model): Map<number, AbandonedHold[]> {
  const byObject = new Map<number, AbandonedHold[]>();
  const add = (entry: AbandonedHold) => {
    const known = byObject.get(entry.hold.object);
    if (known) known.push(entry);
    else byObject.set(entry.hold.object, [entry]);
  };
  for (const owner of model.owners) {
    for (const hold of owner?.holds ?? []) add({ hold, owner: owner as Owner, end: Number.NaN });
  }
  for (const abandoned of model.abandonedHolds) add(abandoned);
  for (const entries of byObject.values()) entries.sort((a, b) => a.hold.start - b.hold.start);
  return byObject;
}

function forget(model: Model, owner: Owner, hold: OpenHold): void {
  const place = owner.holds.indexOf(hold);
  if (place !== -1) owner.holds.splice(place, 1);
  const abandoned = model.abandonedHolds.findIndex((entry) => entry.hold === hold);
  if (abandoned !== -1) model.abandonedHolds.splice(abandoned, 1);
}
