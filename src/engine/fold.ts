/**
 * Folds the records of one stream into the model, one after the other.
 *
 * A stream says whose facts follow (thread_begin, step_begin, step_end), so that is a state machine and needs no sorting.
 * What depends on other streams (who ended a wait) is put off until those have been read as far: see `waits.ts`.
 * A damaged stream makes odd rows at worst: nothing here throws, and nothing grows faster than the bytes read.
 */
import { KIND, OUTCOME, RECORD_BYTES } from '../../common/events';
import { foldJob, foldTask } from './foldTasks';
import { foldInterpreterEnd, foldProcessCreate, foldThread, stateOf } from './foldUnits';
import { foldAcquire, foldGot, foldRelease, foldWait } from './foldWaits';
import { SIGNALLED } from './history';
import { type Model, TOLD_NAME } from './model';
import type { Stream } from './stream';

/** One record as numbers; ids are two words. The same object is used for all records of a stream's chunk. */
export interface RawRecord {
  /** Nanoseconds since the origin. */
  time: number;
  kind: number;
  operation: number;
  outcome: number;
  flags: number;
  timeHigh: number;
  timeLow: number;
  objectHigh: number;
  objectLow: number;
  argHigh: number;
  argLow: number;
  site: number;
}

/** Later than this after the origin is not a time but damage (a month). */
const LATEST = 2.6e15;
/** Earlier than this before the origin as well (a minute; processes start side by side). */
const EARLIEST = -6e10;

export function emptyRecord(): RawRecord {
  return {
    time: 0,
    kind: 0,
    operation: 0,
    outcome: 0,
    flags: 0,
    timeHigh: 0,
    timeLow: 0,
    objectHigh: 0,
    objectLow: 0,
    argHigh: 0,
    argLow: 0,
    site: 0,
  };
}

/** Reads the record at word `at` into `record`; the caller has checked that it is committed. */
export function readRecord(words: Uint32Array, at: number, record: RawRecord): void {
  const commit = words[at + 7] as number;
  record.timeLow = words[at] as number;
  record.timeHigh = words[at + 1] as number;
  record.objectLow = words[at + 2] as number;
  record.objectHigh = words[at + 3] as number;
  record.argLow = words[at + 4] as number;
  record.argHigh = words[at + 5] as number;
  record.site = words[at + 6] as number;
  record.kind = commit & 0xff;
  record.operation = (commit >>> 8) & 0xfff;
  record.outcome = (commit >>> 20) & 0xf;
  record.flags = commit >>> 24;
}

/** The bytes as 32-bit words; copies them when they do not lie on a word's boundary. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  const whole = bytes.length - (bytes.length % RECORD_BYTES);
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice(0, whole);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, whole / 4);
}

/** Folds all whole records of `bytes`; slots that are not committed are holes here. */
export function foldRecords(model: Model, stream: Stream, bytes: Uint8Array): void {
  const words = wordsOf(bytes);
  const record = emptyRecord();
  const [originHigh, originLow] = model.origin ?? [0, 0];
  const { shift } = stream.space;
  for (let at = 0; at < words.length; at += RECORD_BYTES / 4) {
    if (words[at + 7] === 0) continue;
    readRecord(words, at, record);
    if (record.kind === KIND.string || record.kind === KIND.site) {
      foldDefinition(model, stream, record, bytes, at * 4);
      continue;
    }
    const time = (record.timeHigh - originHigh) * 4294967296 + (record.timeLow - originLow) + shift;
    if (!(time > EARLIEST && time < LATEST)) {
      model.problems.count('corrupt', '# events have a time that cannot be and were left out.');
      continue;
    }
    record.time = time;
    stream.lastTime = time;
    if (time > model.now) model.now = time;
    foldRecord(model, stream, record);
  }
}

function foldRecord(model: Model, stream: Stream, record: RawRecord): void {
  const owner = stream.current;
  switch (record.kind) {
    case KIND.enter:
      owner?.enter(record.time, model.siteRow(stream.space, record.site), record.flags & 1);
      return;
    case KIND.leave:
      foldLeave(model, stream, record);
      return;
    case KIND.acquire:
      foldAcquire(model, stream, record);
      return;
    case KIND.release:
      foldRelease(model, stream, record);
      return;
    case KIND.signal:
      foldSignal(model, stream, record);
      return;
    case KIND.wait:
      foldWait(model, stream, record);
      return;
    case KIND.got:
      foldGot(model, stream, record);
      return;
    case KIND.task_create:
    case KIND.step_begin:
    case KIND.step_end:
      foldTask(model, stream, record);
      return;
    case KIND.job_submit:
    case KIND.job_begin:
    case KIND.job_end:
      foldJob(model, stream, record);
      return;
    case KIND.thread_create:
    case KIND.thread_begin:
    case KIND.thread_end:
      foldThread(model, stream, record);
      return;
    case KIND.process_create:
    case KIND.interpreter_create:
      foldProcessCreate(model, stream, record);
      return;
    case KIND.interpreter_end:
      foldInterpreterEnd(model, stream, record);
      return;
    case KIND.process_end:
      stream.space.ended = record.time;
      stream.space.endState = stateOf(record.outcome);
      return;
    case KIND.process_begin:
      // Its space was begun before any of its records was folded.
      return;
    case KIND.name:
      foldName(model, stream, record);
      return;
    case KIND.object:
      foldObject(model, stream, record);
      return;
    case KIND.muted:
      model.muted.add(model.siteRow(stream.space, record.site));
      return;
    case KIND.fault:
      model.withText(stream.space, record.argLow, (text) => model.addProblem('fault', text));
      return;
    case KIND.dropped:
      return;
    default:
      model.problems.count('newer', '# events are of kinds that this Interleave does not know; a newer one shows them.');
  }
}

function foldDefinition(model: Model, stream: Stream, record: RawRecord, bytes: Uint8Array, at: number): void {
  const { space } = stream;
  if (record.kind === KIND.string) {
    const length = Math.min(24, record.operation);
    space.addTextPart(record.site, bytes.subarray(at, at + 24), length, (record.flags & 1) !== 0, stream.lastTime);
  } else {
    space.addSite(record.site, {
      fileText: record.timeLow,
      functionText: record.timeHigh,
      line: record.objectLow,
      endLine: record.objectHigh,
      column: record.argLow | 0,
      endColumn: record.argHigh | 0,
      at: stream.lastTime,
    });
  }
  model.defined();
}

/** Ends the innermost span of this function; those inside it, whose end is missing, end with it. */
function foldLeave(model: Model, stream: Stream, record: RawRecord): void {
  const { current, thread } = stream;
  if (!current) return;
  const site = model.siteRow(stream.space, record.site);
  const { spans } = current;
  let found = spans.length - 3;
  while (found >= 0 && spans[found + 1] !== site) found -= 3;
  if (found < 0) return;
  const inStep = Number.isNaN(current.stepStart) ? 0 : 1;
  while (spans.length > found) {
    const flags = spans.pop() as number;
    const spanSite = spans.pop() as number;
    const start = spans.pop() as number;
    const isCutOff = spans.length > found;
    const failed = record.outcome === OUTCOME.failed ? 1 : 0;
    const ending = isCutOff ? 32 : failed | ((record.flags & 1) << 2);
    addSpan(model, {
      unit: current.unit,
      thread: thread?.unit ?? current.thread,
      start,
      end: record.time,
      site: spanSite,
      depth: spans.length / 3 + inStep,
      flags: (flags << 1) | ending,
    });
  }
}

export interface SpanRow {
  readonly unit: number;
  readonly thread: number;
  readonly start: number;
  readonly end: number;
  readonly site: number;
  readonly depth: number;
  readonly flags: number;
}

export function addSpan(model: Model, span: SpanRow): void {
  const row = model.spans.add();
  const { columns } = model.spans;
  columns.unit[row] = span.unit;
  columns.thread[row] = span.thread;
  columns.start[row] = span.start;
  columns.end[row] = Math.max(span.start, span.end);
  columns.site[row] = span.site;
  columns.depth[row] = Math.min(65535, span.depth);
  columns.flags[row] = span.flags;
}

function foldSignal(model: Model, stream: Stream, record: RawRecord): void {
  if (!stream.current) return;
  const object = model.objectRow(stream.space, record.objectHigh, record.objectLow, record.operation);
  if (object === -1) return;
  const site = model.siteRow(stream.space, record.site);
  model.history(object).add(record.time, stream.current.unit, SIGNALLED, record.operation, site);
}

function foldName(model: Model, stream: Stream, record: RawRecord): void {
  const { space } = stream;
  const { objectHigh, objectLow } = record;
  model.withText(space, record.argLow, (text) => {
    model.whenKnown(() => {
      const entity = model.entity(space, objectHigh, objectLow);
      if (entity === 0) return false;
      if (entity & 1) {
        const row = (entity - 1) / 2 - 1;
        model.objects[row]!.name = text;
        model.touchObject(row);
      } else model.setName(entity / 2 - 1, text, TOLD_NAME);
      return true;
    });
  });
}

function foldObject(model: Model, stream: Stream, record: RawRecord): void {
  const row = model.objectRow(stream.space, record.objectHigh, record.objectLow, record.operation);
  const object = model.objects[row];
  if (!object) return;
  if (record.operation !== 0) object.operation = record.operation;
  object.site = model.siteRow(stream.space, record.site);
  model.touchObject(row);
  model.withText(stream.space, record.argLow, (text) => {
    object.name = text;
    model.touchObject(row);
  });
}
