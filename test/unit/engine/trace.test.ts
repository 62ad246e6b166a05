import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawTrace } from '../../support/drawTrace';
import { holdLines, readWhole, spanLines, unitLines, waitLines } from '../../support/readTrace';

const TWO_THREADS = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   1 100.0 object L op=threading.Lock name="lock" site=prog.py:1
   5 100.0 thread_create W name="worker" site=prog.py:3@main
  10 100.1 thread_begin W tid=101 site=prog.py:20@work
  11 100.1 enter 0 site=prog.py:20@work
  12 100.1 acquire L op=threading.Lock site=prog.py:21@work
  20 100.0 wait L op=threading.Lock holder=W site=prog.py:5@main
  30 100.1 release L op=threading.Lock site=prog.py:22@work
  31 100.0 got L op=threading.Lock by=W
  32 100.1 leave 0 site=prog.py:20@work outcome=failed
  33 100.1 thread_end W outcome=failed
  35 100.0 release L op=threading.Lock
  36 100.0 wait W op=threading.Thread.join site=prog.py:7@main
  37 100.0 got W op=threading.Thread.join
  40 100.0 process_end P
`;

test('two threads hand a lock over', () => {
  const trace = readWhole(drawTrace(TWO_THREADS));
  assert.deepEqual(
    trace.problems.filter(({ kind }) => kind !== 'cores'),
    [],
  );
  assert.deepEqual(unitLines(trace), [
    'process process 100 in - by - 0..40 finished',
    'thread MainThread in process 100 by - 0..40 finished',
    'thread worker in process 100 by MainThread 10..33 failed',
  ]);
  assert.deepEqual(waitLines(trace), [
    'MainThread threading.Lock lock 20..31 ok held worker woken worker@30',
    'MainThread threading.Thread.join worker 36..37 ok held - woken worker@33',
  ]);
  assert.deepEqual(holdLines(trace), ['MainThread lock 31..35', 'worker lock 12..30']);
  assert.deepEqual(spanLines(trace), ['worker work 11..32 depth 0 flags 1']);
  assert.equal(trace.run.python, '3.13.0');
});

test('an interpreter has its number for a name, even when nothing ever ran there', () => {
  const trace = readWhole(
    drawTrace(`
     0 100.0 process_begin P how=program parent=1
     0 100.0 thread_begin Main tid=100 flags=1
    10 100.0 interpreter_create I number=3 site=prog.py:14@main
    20 100.0 interpreter_end I number=3 site=prog.py:15@main
    30 100.0 process_end P
    `),
  );
  assert.deepEqual(
    trace.units.filter(({ kind }) => kind === 'interpreter').map(({ name }) => name),
    ['interpreter 3'],
  );
});
