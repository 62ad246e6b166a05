/** asyncio tasks with their steps, and jobs of executors. */
import { KIND, OUTCOME } from '../../common/events';
import { addSpan } from './foldSpans';
import { beginUnit, endUnit, ownerOf, setFunction, stateOf } from './foldUnits';
import { FALLBACK_NAME, type Model, START_NAME } from './model';
import { idOf, NO_ID, type Owner } from './owner';
import type { RawRecord } from './record';
import type { Stream } from './stream';
import { endWait } from './waits';

export function foldTask(model: Model, stream: Stream, record: RawRecord): void {
  if (record.kind === KIND.task_create) createTask(model, stream, record);
  else if (record.kind === KIND.step_begin) beginStep(model, stream, record);
  else endStep(model, stream, record);
}

function createTask(model: Model, stream: Stream, record: RawRecord): void {
  const { space } = stream;
  const unit = model.unitOf(space, record.objectHigh, record.objectLow, 'task');
  unit.created = record.time;
  unit.startedBy = stream.current?.unit ?? -1;
  unit.site = model.siteRow(space, record.site);
  if (unit.parent === -1 && stream.thread) model.setParent(unit.id, stream.thread.unit);
  if (record.argHigh > 0) model.setName(unit.id, `Task-${record.argHigh}`, START_NAME);
  model.withText(space, record.argLow, (text) => {
    unit.function = text;
    model.touch(unit.id);
  });
  model.touch(unit.id);
}

function beginStep(model: Model, stream: Stream, record: RawRecord): void {
  const { thread } = stream;
  if (!thread) return;
  const unit = model.unitOf(stream.space, record.objectHigh, record.objectLow, 'task');
  if (unit.kind !== 'task') return;
  const owner = ownerOf(model, unit.id, thread.unit);
  if (Number.isNaN(unit.start)) {
    beginUnit(unit, record.time);
    model.touch(unit.id);
    // The loop may run on another thread than the one that made the task.
    if (unit.parent !== thread.unit) model.setParent(unit.id, thread.unit);
  }
  owner.resumedBy = idOf(record.argHigh, record.argLow);
  if (owner.suspended) {
    owner.suspended.waker = owner.resumedBy;
    endWait(model, owner, owner.suspended, record.time);
    owner.suspended = null;
  }
  owner.stepStart = record.time;
  owner.steps++;
  stream.tasks.push(owner);
  stream.current = owner;
}

function endStep(model: Model, stream: Stream, record: RawRecord): void {
  const { thread, tasks } = stream;
  const row = model.unitRow(stream.space, record.objectHigh, record.objectLow);
  const place = tasks.findLastIndex((task) => task.unit === row);
  if (!thread || place === -1) return;
  const owner = tasks[place] as Owner;
  tasks.length = place;
  stream.setCurrent();
  // A damaged stream may have begun the same step twice.
  if (Number.isNaN(owner.stepStart)) return;
  const isFinished = (record.flags & 1) !== 0;
  const failed = isFinished && record.outcome === OUTCOME.failed ? 1 : 0;
  addSpan(model, {
    unit: row,
    thread: thread.unit,
    start: owner.stepStart,
    end: record.time,
    site: 0,
    depth: 0,
    flags: 8 | failed,
  });
  owner.stepStart = Number.NaN;
  if (isFinished) {
    for (const wait of owner.waits) wait.outcome = record.outcome;
    endUnit(model, row, record.time, stateOf(record.outcome), 0);
    return;
  }
  if (owner.waits.length > 0) return;
  owner.suspended = {
    unit: row,
    thread: thread.unit,
    space: stream.space,
    start: record.time,
    end: Number.NaN,
    operation: record.operation,
    outcome: OUTCOME.ok,
    flags: 0,
    object: idOf(record.argHigh, record.argLow),
    holder: NO_ID,
    waker: NO_ID,
    site: model.siteRow(stream.space, record.site),
    step: -1,
  };
}

export function foldJob(model: Model, stream: Stream, record: RawRecord): void {
  const { space } = stream;
  const unit = model.unitOf(space, record.objectHigh, record.objectLow, 'job');
  if (unit.kind !== 'job') return;
  if (record.kind === KIND.job_submit) {
    unit.created = record.time;
    unit.startedBy = stream.current?.unit ?? -1;
    unit.site = model.siteRow(space, record.site);
    if (unit.parent === -1) model.setParent(unit.id, space.unit);
  } else if (record.kind === KIND.job_begin) {
    const { thread } = stream;
    if (!thread) return;
    beginUnit(unit, record.time);
    unit.pid = space.header.pid;
    model.setParent(unit.id, thread.unit);
    model.withText(space, record.argLow, (text) => {
      unit.function = text;
      // It may come when the unit has been named after its function for want of this.
      model.setName(unit.id, text, FALLBACK_NAME);
    });
    setFunction(model, space, unit, record.site);
    thread.jobs.push({ unit: unit.id, start: record.time, site: model.siteRow(space, record.site) });
  } else endJob(model, stream, unit.id, record);
  model.touch(unit.id);
}

function endJob(model: Model, stream: Stream, row: number, record: RawRecord): void {
  const { thread } = stream;
  const place = thread?.jobs.findLastIndex((job) => job.unit === row) ?? -1;
  const job = thread?.jobs[place];
  if (!job || !thread) return;
  thread.jobs.length = place;
  const failed = record.outcome === OUTCOME.failed ? 1 : 0;
  addSpan(model, {
    unit: row,
    thread: thread.unit,
    start: job.start,
    end: record.time,
    site: job.site,
    depth: 0,
    flags: 16 | failed,
  });
  endUnit(model, row, record.time, stateOf(record.outcome), 0);
}
