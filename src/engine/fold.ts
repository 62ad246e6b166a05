/**
 * Folds the records of one stream into the model, one after the other.
 *
 * A stream says whose facts follow (thread_begin, step_begin, step_end), so that is a state machine and needs no sorting.
 * What depends on other streams (who ended a wait) is put off until those have been read as far: see `waits.ts`.
 * A damaged stream makes odd rows at worst: nothing here throws, and nothing grows faster than the bytes read.
 */
import { KIND, RECORD_BYTES } from '../../common/events';
import type { Detection } from './detect/detection';
import { foldAccessSite, foldCall, foldCallback, foldVariable } from './foldAccesses';
import { addDepth, isDepthPut } from './foldDepths';
import { foldLine } from './foldLines';
import { foldLeave } from './foldSpans';
import { foldJob, foldTask } from './foldTasks';
import { foldInterpreterEnd, foldProcessCreate, foldProcessEnd, foldThread } from './foldUnits';
import { foldAcquire, foldGot, foldRelease, foldWait } from './foldWaits';
import { SIGNALLED } from './history';
import { type Model, TOLD_NAME } from './model';
import { emptyRecord, type RawRecord, readRecord, wordsOf } from './record';
import type { Stream } from './stream';

/** Later than this after the origin is not a time but damage (a month). */
const LATEST = 2.6e15;
/** Earlier than this before the origin as well (a minute; processes start side by side). */
const EARLIEST = -6e10;

/** Records without a time of their own. */
const DEFINITIONS: ReadonlySet<number> = new Set([KIND.string, KIND.site, KIND.access_site]);

/** Folds all whole records of `bytes`; slots that are not committed are holes here. */
export function foldRecords(model: Model, detection: Detection, stream: Stream, bytes: Uint8Array): void {
  const words = wordsOf(bytes);
  const record = emptyRecord();
  const [originHigh, originLow] = model.origin ?? [0, 0];
  const { shift } = stream.space;
  for (let at = 0; at < words.length; at += RECORD_BYTES / 4) {
    if (words[at + 7] === 0) continue;
    readRecord(words, at, record);
    if (DEFINITIONS.has(record.kind)) {
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
    const owner = stream.current?.unit ?? -1;
    foldRecord(model, stream, record);
    detection.note(record, stream, owner);
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
    case KIND.line:
      foldLine(model, stream, record);
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
      foldProcessEnd(model, stream, record);
      return;
    case KIND.usage:
      foldUsage(model, stream, record);
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
    case KIND.mark:
      foldMark(model, stream, record);
      return;
    case KIND.fault:
      model.withText(stream.space, record.argLow, (text) => model.addProblem('fault', text));
      return;
    case KIND.variable:
      foldVariable(model, stream, record);
      return;
    case KIND.callback:
      foldCallback(model, stream, record);
      return;
    case KIND.call:
      foldCall(model, stream, record);
      return;
    case KIND.sampled:
      model.sampled.add(model.siteRow(stream.space, record.site));
      return;
    case KIND.access:
    case KIND.leak:
    case KIND.overtake:
    case KIND.dropped:
      return;
    default:
      model.problems.count(
        'newer',
        '# events are of kinds that this Interleave does not know; a newer one shows them.',
      );
  }
}

function foldDefinition(model: Model, stream: Stream, record: RawRecord, bytes: Uint8Array, at: number): void {
  const { space } = stream;
  if (record.kind === KIND.string) {
    const length = Math.min(24, record.operation);
    space.addTextPart(record.site, bytes.subarray(at, at + 24), length, (record.flags & 1) !== 0, stream.lastTime);
  } else if (record.kind === KIND.access_site) foldAccessSite(model, stream, record);
  else {
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
  model.deferred.defined();
}

function foldSignal(model: Model, stream: Stream, record: RawRecord): void {
  if (!stream.current) return;
  const object = model.objectRow(stream.space, record.objectHigh, record.objectLow, record.operation);
  if (object === -1) return;
  const site = model.siteRow(stream.space, record.site);
  model.history(object).add(record.time, stream.current.unit, SIGNALLED, record.operation, site);
  if (isDepthPut(record.operation)) addDepth(model, object, record.time, 1);
}

function foldUsage(model: Model, stream: Stream, record: RawRecord): void {
  const { time, flags, objectHigh, objectLow, argHigh, argLow } = record;
  const at = flags & 1 ? 'begin' : flags & 2 ? 'over' : 'end';
  const [cpuNs, sentBytes] = [objectHigh * 4294967296 + objectLow, argHigh * 4294967296 + argLow];
  model.usages.push({ unit: stream.space.unit, time, at, cpuNs, sentBytes });
}

/** Nobody reads more; each is kept, sent and drawn by itself. */
const MOST_MARKS = 10_000;

function foldMark(model: Model, stream: Stream, { time, argLow, site: id }: RawRecord): void {
  const unit = stream.current?.unit ?? -1;
  const site = model.siteRow(stream.space, id);
  model.withText(stream.space, argLow, (label) => {
    if (model.marks.length < MOST_MARKS) model.marks.push({ time, unit, label, site });
    else model.problems.count('dropped', `# marks of the program are not shown: there are more than ${MOST_MARKS}.`);
  });
}

function foldName(model: Model, stream: Stream, record: RawRecord): void {
  const { space } = stream;
  const { objectHigh, objectLow } = record;
  model.withText(space, record.argLow, (text) => {
    model.deferred.whenKnown(() => {
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
