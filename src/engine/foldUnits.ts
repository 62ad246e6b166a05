/** Processes, interpreters and threads: how they are made, begin and end. */
import { KIND, OUTCOME } from '../../common/events';
import type { Unit, UnitState } from '../../common/trace';
import { endLines } from './foldLines';
import { addSpan } from './foldSpans';
import { FALLBACK_NAME, type Model, START_NAME } from './model';
import { Owner } from './owner';
import type { RawRecord } from './record';
import type { Space } from './space';
import type { Stream } from './stream';
import { endWait } from './waits';

/** Meaning of process_begin's flags. */
export const HOW = ['program', 'fork', 'spawn', 'forkserver', 'python', 'interpreter', 'server', 'server'] as const;
export const HOW_INTERPRETER = 5;

/** The state that an outcome leaves a unit in. */
export function stateOf(outcome: number): UnitState {
  if (outcome === OUTCOME.failed) return 'failed';
  if (outcome === OUTCOME.cancelled) return 'cancelled';
  return 'finished';
}

export interface SpaceBegin {
  readonly how: number;
  /** Pid of the parent, or number of the creating interpreter. */
  readonly parent: number;
  readonly time: number;
  readonly unitId: readonly [number, number];
}

/** Makes the unit of a space whose process_begin was read; its parent's space, if it needs one, is known. */
export function beginSpace(model: Model, space: Space, begin: SpaceBegin): void {
  const unit = begin.how === HOW_INTERPRETER ? interpreterUnit(model, space) : processUnit(model, space, begin.time);
  beginUnit(unit, begin.time);
  unit.how = HOW[begin.how] ?? '';
  space.unit = unit.id;
  model.unitSpaces[unit.id] = space;
  if (space.units[0] !== unit.id) space.units.unshift(unit.id);
  model.setEntity(space, begin.unitId[0], begin.unitId[1], (unit.id + 1) * 2);
  model.touch(unit.id);
  if (begin.how === HOW_INTERPRETER) return;
  if (begin.how === 0) return;
  model.deferred.whenKnown(() => {
    const parents = model.processes.get(begin.parent);
    if (!parents) return false;
    model.setParent(unit.id, parents[parents.length - 1] as number);
    return true;
  });
}

function processUnit(model: Model, space: Space, time: number): Unit {
  const { pid } = space.header;
  const known = processesOf(model, pid);
  const last = known.length > 0 ? model.unit(known[known.length - 1] as number) : undefined;
  if (last && Number.isNaN(last.start)) return last;
  if (last && Number.isNaN(last.end)) {
    // The process became another program (exec), or the system gave its number out again.
    endUnit(model, last.id, time, 'finished', 0);
    const before = model.unitSpaces[last.id];
    if (before && Number.isNaN(before.ended)) before.ended = time;
  }
  const unit = model.addUnit('process', space, pid);
  known.push(unit.id);
  return unit;
}

function interpreterUnit(model: Model, space: Space): Unit {
  const { pid, interpreter } = space.header;
  const row = model.interpreters.get(interpreterKey(pid, interpreter));
  const made = row !== undefined && Number.isNaN(model.unit(row).start) ? model.unit(row) : undefined;
  const unit = made ?? model.addUnit('interpreter', space, pid);
  model.interpreters.set(interpreterKey(pid, interpreter), unit.id);
  model.setName(unit.id, `interpreter ${interpreter}`, FALLBACK_NAME);
  const processes = model.processes.get(pid);
  if (processes) model.setParent(unit.id, processes[processes.length - 1] as number);
  return unit;
}

function interpreterKey(pid: number, interpreter: number): number {
  return pid * 65536 + (interpreter % 65536);
}

export function processesOf(model: Model, pid: number): number[] {
  let known = model.processes.get(pid);
  if (!known) {
    known = [];
    model.processes.set(pid, known);
  }
  return known;
}

/** process_create and interpreter_create: one starts another, whose own records may have come before. */
export function foldProcessCreate(model: Model, stream: Stream, record: RawRecord): void {
  const unit =
    record.kind === KIND.process_create
      ? createdProcess(model, stream, record)
      : createdInterpreter(model, stream, record.argLow);
  unit.created = record.time;
  unit.startedBy = stream.current?.unit ?? -1;
  unit.site = model.siteRow(stream.space, record.site);
  if (unit.parent === -1) model.setParent(unit.id, stream.space.unit);
  model.setEntity(stream.space, record.objectHigh, record.objectLow, (unit.id + 1) * 2);
  model.touch(unit.id);
}

function createdProcess(model: Model, stream: Stream, record: RawRecord): Unit {
  const known = processesOf(model, record.argLow);
  for (let i = known.length - 1; i >= 0; i--) {
    const unit = model.unit(known[i] as number);
    if (unit.startedBy === -1 && unit.how !== 'program' && unit.id !== stream.space.unit) return unit;
  }
  const unit = model.addUnit('process', null, record.argLow);
  known.push(unit.id);
  return unit;
}

function createdInterpreter(model: Model, stream: Stream, number: number): Unit {
  const { pid } = stream.space.header;
  const row = model.interpreters.get(interpreterKey(pid, number));
  if (row !== undefined && model.unit(row).startedBy === -1) return model.unit(row);
  const unit = model.addUnit('interpreter', null, pid);
  model.interpreters.set(interpreterKey(pid, number), unit.id);
  model.setName(unit.id, `interpreter ${number}`, FALLBACK_NAME);
  return unit;
}

/** The process and the thread that tells so end; what else it cut short is known once all streams were read. */
export function foldProcessEnd(model: Model, stream: Stream, record: RawRecord): void {
  const { space } = stream;
  const state = stateOf(record.outcome);
  space.ended = record.time;
  space.endState = state;
  if (space.mainThread !== -1 && stream.thread?.unit === space.mainThread) {
    endUnit(model, space.mainThread, record.time, state, 0);
  }
  if (space.unit !== -1) endUnit(model, space.unit, record.time, state, 0);
}

export function foldInterpreterEnd(model: Model, stream: Stream, record: RawRecord): void {
  const row = model.interpreters.get(interpreterKey(stream.space.header.pid, record.argLow));
  if (row === undefined) return;
  const unit = model.unit(row);
  unit.end = Number.isNaN(unit.start) ? record.time : Math.max(unit.start, record.time);
  unit.state = 'finished';
  model.touch(row);
}

export function foldThread(model: Model, stream: Stream, record: RawRecord): void {
  const { space } = stream;
  const unit = model.unitOf(space, record.objectHigh, record.objectLow, 'thread');
  if (unit.kind !== 'thread') return;
  if (record.kind === KIND.thread_create) {
    unit.created = record.time;
    unit.startedBy = stream.current?.unit ?? -1;
    unit.site = model.siteRow(space, record.site);
    if (unit.parent === -1) model.setParent(unit.id, space.unit);
    model.withText(space, record.argLow, (text) => model.setName(unit.id, text, START_NAME));
  } else if (record.kind === KIND.thread_begin) beginThread(model, stream, record, unit);
  else {
    endUnit(model, unit.id, record.time, stateOf(record.outcome), 0);
    if (stream.thread?.unit === unit.id) stream.thread = null;
    stream.tasks.length = 0;
    stream.setCurrent();
  }
  model.touch(unit.id);
}

function beginThread(model: Model, stream: Stream, record: RawRecord, unit: Unit): void {
  const { space } = stream;
  beginUnit(unit, record.time);
  unit.tid = record.argLow;
  if (unit.parent === -1) model.setParent(unit.id, space.unit);
  if (record.flags & 1) {
    space.mainThread = unit.id;
    model.setName(unit.id, 'MainThread', START_NAME);
  }
  setFunction(model, space, unit, record.site);
  const sameTid = model.threadsByTid.get(unit.tid);
  if (sameTid) sameTid.push(unit.id);
  else model.threadsByTid.set(unit.tid, [unit.id]);
  stream.thread = ownerOf(model, unit.id, unit.id);
  stream.tasks.length = 0;
  stream.setCurrent();
}

/** Begins a unit that has not begun; its end may have been read before, in another stream. */
export function beginUnit(unit: Unit, time: number): void {
  if (!Number.isNaN(unit.start)) return;
  if (Number.isNaN(unit.end)) unit.state = 'running';
  unit.start = unit.end < time ? unit.end : time;
}

/** Remembers what a unit runs; its name is filled in once the site is known. */
export function setFunction(model: Model, space: Space, unit: Unit, siteId: number): void {
  const site = model.siteRow(space, siteId);
  if (site === 0) return;
  model.functionSites[unit.id] = site;
  if (unit.function !== '') return;
  model.deferred.whenKnown(() => {
    const known = model.sites[site - 1];
    if (!known || known.line === 0) return false;
    unit.function = known.function;
    model.touch(unit.id);
    return true;
  });
}

export function ownerOf(model: Model, unit: number, thread: number): Owner {
  const known = model.owners[unit];
  if (known) {
    known.thread = thread;
    return known;
  }
  const owner = new Owner(unit, thread);
  model.owners[unit] = owner;
  return owner;
}

/** Ends a unit and all that it still does; `cutOff` is 1 when that it ended was not recorded but concluded. */
export function endUnit(model: Model, row: number, time: number, state: UnitState, cutOff: 0 | 1): void {
  const unit = model.unit(row);
  if (Number.isNaN(unit.end)) {
    unit.end = Number.isNaN(unit.start) ? time : Math.max(time, unit.start);
    unit.state = state;
    model.touch(row);
  }
  const owner = model.owners[row];
  if (!owner) return;
  closeOwner(model, owner, unit.end, cutOff);
  model.owners[row] = undefined;
}

function closeOwner(model: Model, owner: Owner, end: number, cutOff: 0 | 1): void {
  endLines(model, owner, 0, end, 1);
  endLines(model, owner, -1, end, cutOff);
  const { spans } = owner;
  const inStep = Number.isNaN(owner.stepStart) ? 0 : 1;
  while (spans.length > 0) {
    const flags = ((spans.pop() as number) << 1) | 32;
    const site = spans.pop() as number;
    const start = spans.pop() as number;
    const depth = spans.length / 3 + inStep;
    addSpan(model, { unit: owner.unit, thread: owner.thread, start, end: Math.max(start, end), site, depth, flags });
  }
  if (inStep) {
    const { unit, thread, stepStart: start } = owner;
    addSpan(model, { unit, thread, start, end: Math.max(start, end), site: 0, depth: 0, flags: cutOff ? 40 : 8 });
  }
  for (const job of owner.jobs) {
    const flags = 16 | (cutOff << 5);
    addSpan(model, { ...job, thread: owner.thread, end: Math.max(job.start, end), depth: 0, flags });
    endUnit(model, job.unit, end, cutOff ? 'killed' : 'unknown', cutOff);
  }
  for (const wait of owner.waits) {
    wait.flags |= 2;
    endWait(model, owner, wait, end);
  }
  owner.waits.length = 0;
  if (owner.suspended) {
    owner.suspended.flags |= cutOff << 1;
    endWait(model, owner, owner.suspended, end);
  }
  for (const hold of owner.holds) model.abandonedHolds.push({ hold, owner, end });
}
