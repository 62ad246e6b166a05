/** Conclusions are drawn up to where all streams were read, also when one cannot be read on for a while. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RECORD, RECORD_BYTES, SEGMENT_HEADER_BYTES } from '../../../common/events';
import { PASS_DONE, TRACE_DONE, Trace } from '../../../src/engine/trace';
import { drawTrace } from '../../support/drawTrace';

/** Main changes what it made before it starts a thread that does so too: in order, once the start is known. */
const HANDED_OVER = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   2 100.0 variable C op=variable.instance type="Counter"
   2 100.0 access C op=attribute.read site=prog.py:2@main text="counter.total"
   3 100.0 enter site=prog.py:1@main
   4 100.0 access C op=attribute.update site=prog.py:3@main text="counter.total" is=value,switch
   5 100.0 thread_create A name="Ada" site=prog.py:4@main
   6 100.1 thread_begin A tid=101
   7 100.1 access C op=attribute.update site=prog.py:9@add text="counter.total" is=value,switch
  90 100.1 thread_end A
`;

/** Offset of the record of `enter`, whose commit word the writer leaves empty until later. */
function enterOf(bytes: Uint8Array): number {
  for (let at = SEGMENT_HEADER_BYTES; at < bytes.length; at += RECORD_BYTES) {
    if (bytes[at + RECORD.commit] === 60) return at;
  }
  throw new Error('no such record');
}

test('what other threads did meanwhile waits for a record whose writing takes long', () => {
  const files = drawTrace(HANDED_OVER);
  const [main, other] = [...files.keys()] as [string, string];
  const whole = files.get(main) as Uint8Array;
  const early = whole.slice();
  const hole = enterOf(whole);
  early.fill(0, hole + RECORD.commit, hole + RECORD_BYTES);
  const trace = new Trace();
  let offset = 0;
  for (let pass = 0; pass < 5; pass++) {
    offset = trace.append({ file: main, offset, bytes: early.subarray(offset), final: false });
    trace.append({ file: other, offset: 0, bytes: files.get(other) as Uint8Array, final: false });
    trace.append(PASS_DONE);
  }
  assert.equal(offset, hole);
  trace.append({ file: main, offset, bytes: whole.subarray(offset), final: false });
  trace.append(PASS_DONE);
  trace.append(TRACE_DONE);
  assert.deepEqual(trace.findings, []);
});

test('a file that is read while its header is being written is read again, and is no problem when it stays so', () => {
  const files = drawTrace(HANDED_OVER);
  const [main, other] = [...files.keys()] as [string, string];
  const whole = files.get(main) as Uint8Array;
  const trace = new Trace();
  assert.equal(trace.append({ file: main, offset: 0, bytes: new Uint8Array(whole.length), final: false }), 0);
  trace.append(PASS_DONE);
  trace.append({ file: main, offset: 0, bytes: whole, final: false });
  trace.append({ file: other, offset: 0, bytes: files.get(other) as Uint8Array, final: false });
  trace.append({ file: 'killed.seg', offset: 0, bytes: new Uint8Array(4096), final: true });
  trace.append(TRACE_DONE);
  assert.equal(trace.units.filter(({ kind }) => kind === 'thread').length, 2);
  assert.deepEqual(
    trace.problems.filter(({ kind }) => kind !== 'cores'),
    [],
  );
});

test('what a parent numbers between the fork and the first record of its child is not taken for what the child numbers so', () => {
  const files = drawTrace(`
     0 100.0 process_begin P how=program parent=1
     0 100.0 thread_begin Main tid=100 flags=1
    10 200.5 process_begin C how=fork parent=100
    10 200.5 thread_begin ChildMain tid=200 flags=1
     6 100.0 enter site=parent.py:1@wait
     9 100.0 leave
    11 200.5 variable V op=variable.list type="list"
    12 200.5 enter site=child.py:9@work
    13 200.5 leave
  `);
  const trace = new Trace();
  for (const [file, bytes] of files) trace.append({ file, offset: 0, bytes, final: true });
  trace.append(TRACE_DONE);
  const { unit, site } = trace.spans.columns;
  const lines = Array.from({ length: trace.spans.length }, (_, row) => {
    const place = trace.sites[(site[row] as number) - 1];
    return `${trace.units[unit[row] as number]?.pid} ${place?.file}:${place?.line}`;
  });
  assert.deepEqual(lines.sort(), ['100 parent.py:1', '200 child.py:9']);
});
