import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RECORD_BYTES, SEGMENT_HEADER_BYTES } from '../../../common/events';
import { Table } from '../../../common/table';
import { HOLD_COLUMNS, SPAN_COLUMNS, STATE_COLUMNS, type Unit, WAIT_COLUMNS } from '../../../common/trace';
import { type Cursor, PASS_DONE, TRACE_DONE, Trace } from '../../../src/engine/trace';
import { drawTrace } from '../../support/drawTrace';
import { EVERYTHING } from './everything';

test('what came bit by bit is what comes as a whole', () => {
  const trace = new Trace();
  const files = drawTrace(EVERYTHING);
  const units: Unit[] = [];
  const sites: unknown[] = [];
  const objects: unknown[] = [];
  const tables = {
    spans: new Table(SPAN_COLUMNS),
    waits: new Table(WAIT_COLUMNS),
    holds: new Table(HOLD_COLUMNS),
    states: new Table(STATE_COLUMNS),
  };
  let cursor: Cursor | null = null;
  const take = () => {
    const step = trace.delta(cursor);
    assert.equal(step.delta.reset, cursor === null);
    cursor = step.cursor;
    for (const unit of step.delta.units) units[unit.id] = unit;
    sites.splice(step.delta.sitesFrom, Number.POSITIVE_INFINITY, ...step.delta.sites);
    for (const object of step.delta.objects) objects[object.id] = object;
    for (const [name, table] of Object.entries(tables)) table.append(step.delta[name as keyof typeof tables]);
  };
  for (let at = 0; at < 60; at++) {
    for (const [file, bytes] of files) {
      const offset = at === 0 ? 0 : SEGMENT_HEADER_BYTES + at * RECORD_BYTES;
      if (offset >= bytes.length) continue;
      const end = SEGMENT_HEADER_BYTES + (at + 1) * RECORD_BYTES;
      trace.append({ file, offset, bytes: bytes.subarray(offset, end), final: false });
    }
    trace.append(PASS_DONE);
    take();
  }
  trace.append(TRACE_DONE);
  take();
  const whole = trace.delta(null).delta;
  assert.deepEqual(units, whole.units);
  assert.deepEqual(sites, whole.sites);
  assert.deepEqual(objects, whole.objects);
  for (const [name, table] of Object.entries(tables)) {
    assert.deepEqual(table.slice(0), whole[name as keyof typeof tables]);
    assert.ok(table.length > 0, name);
  }
  assert.equal(trace.delta(cursor).delta.units.length, 0);
});

test('what goes on right now, and a wait that is over but whose end is not explained yet', () => {
  const trace = new Trace();
  const files = drawTrace(`
     0 100.0 process_begin P how=program parent=1
     0 100.0 thread_begin Main tid=100 flags=1
     1 100.0 thread_create W name="worker"
     2 100.1 thread_begin W tid=101
     3 100.1 enter 0 site=prog.py:20@work
    10 100.0 wait L op=threading.Lock holder=W
    12 100.1 acquire M op=threading.Lock
    20 100.1 wait L op=threading.Lock
    30 100.0 got L op=threading.Lock by=W`);
  for (const [file, bytes] of files) trace.append({ file, offset: 0, bytes, final: false });
  trace.append(PASS_DONE);
  const [worker, main] = ['worker', 'MainThread'].map((name) => trace.units.findIndex((unit) => unit.name === name));
  assert.deepEqual(
    trace.openSpans().map(({ unit, start, depth }) => [unit, start, depth]),
    [[worker, 3000, 0]],
  );
  assert.deepEqual(
    trace.openWaits().map(({ unit, start, end, heldBy }) => [unit, start, end, heldBy]),
    [
      [worker, 20000, Number.NaN, 0],
      [main, 10000, 30000, worker! + 1],
    ],
  );
  assert.equal(trace.waits.length, 0);
  trace.append(PASS_DONE);
  assert.equal(trace.waits.length, 1);
  assert.equal(trace.openWaits().length, 1);
  assert.equal(trace.run.state.kind, 'running');
});

test('the count of lost events is read again from the header', () => {
  const [[file, bytes]] = [...drawTrace('0 100.0 process_begin P how=program parent=1')] as [[string, Uint8Array]];
  const trace = new Trace();
  const end = trace.append({ file, offset: 0, bytes, final: false });
  assert.equal(end, SEGMENT_HEADER_BYTES + RECORD_BYTES);
  const header = bytes.slice(0, SEGMENT_HEADER_BYTES);
  new DataView(header.buffer).setBigUint64(56, 12n, true);
  assert.equal(trace.append({ file, offset: 0, bytes: header, final: false }), end);
  assert.equal(trace.dropped, 12);
  assert.ok(trace.problems.some(({ kind, text }) => kind === 'dropped' && text.startsWith('12 events')));
});

test('a hole in a segment is waited for until it is final', () => {
  const [[file, bytes]] = [
    ...drawTrace(
      '0 100.0 process_begin P how=program parent=1\n0 100.0 thread_begin M tid=1 flags=1\n1 100.0 thread_end M',
    ),
  ] as [[string, Uint8Array]];
  bytes.fill(0, SEGMENT_HEADER_BYTES + RECORD_BYTES, SEGMENT_HEADER_BYTES + 2 * RECORD_BYTES);
  const trace = new Trace();
  assert.equal(trace.append({ file, offset: 0, bytes, final: false }), SEGMENT_HEADER_BYTES + RECORD_BYTES);
  const offset = SEGMENT_HEADER_BYTES + RECORD_BYTES;
  const rest = bytes.subarray(offset);
  assert.equal(trace.append({ file, offset, bytes: rest, final: true }), SEGMENT_HEADER_BYTES + 3 * RECORD_BYTES);
});
