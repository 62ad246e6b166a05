import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report } from '../../../src/engine/report';
import { reportText } from '../../../src/engine/reportText';
import { drawCores } from '../../support/drawCores';
import { drawTrace } from '../../support/drawTrace';
import { readWhole } from '../../support/readTrace';

function exampleTrace() {
  const files = drawTrace(`
       0 100.0 process_begin P how=program parent=1
       0 100.0 thread_begin Main tid=100 flags=1
       1 100.0 object L op=threading.Lock name="Cache._lock" site=/home/me/prog.py:1@Cache.__init__
       1 100.0 object Q op=queue.Queue.get site=/home/me/prog.py:12@main
       5 100.0 thread_create W name="worker" site=/home/me/prog.py:3@main
      10 100.1 thread_begin W tid=101 site=/home/me/prog.py:20@work
      12 100.1 acquire L op=threading.Lock
     100 100.0 wait L op=threading.Lock holder=W site=/home/me/prog.py:5@main
     300 100.1 release L op=threading.Lock
     301 100.0 got L op=threading.Lock by=W
     302 100.0 release L op=threading.Lock
     350 100.1 wait Q op=queue.Queue.get flags=1 site=/home/me/prog.py:21@work
     400 100.1 got Q op=queue.Queue.get outcome=timeout
     500 100.1 thread_end W
     600 100.0 wait W op=threading.Thread.join site=/home/me/prog.py:7@main
     601 100.0 got W op=threading.Thread.join
     700 100.0 task_create T name="never"
    1000 100.0 process_end P
  `);
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  files.set('run.json', json({ version: 1, file: '/home/me/prog.py', mode: 'as-written', race: true }));
  files.set(
    'end.json',
    json({ exitCode: 3, startNs: 0, endNs: 2_000_000, python: '3.13.0', gil: true, how: 'exited' }),
  );
  const cores = drawCores('0 0 100/100 on\n 120 0 100/100 off\n 10 1 100/101 on\n 360 1 100/101 off', 2);
  return readWhole(new Map([...files, ...cores]));
}

test('the document has all units and waits, by the names that people know', () => {
  const found = report(exampleTrace());
  assert.deepEqual(found.program, {
    file: '/home/me/prog.py',
    mode: 'as-written',
    python: '3.13.0',
    gil: true,
    race: true,
    exitCode: 3,
    wallNs: 2_000_000,
  });
  assert.deepEqual(found.cores, { source: 'exact', count: 2, busyNs: [120_000, 350_000] });
  assert.equal(new Set(found.units.map(({ id }) => id)).size, found.units.length);
  assert.deepEqual(found.units[2], {
    id: 2,
    kind: 'thread',
    name: 'worker',
    parent: 0,
    pid: 100,
    startNs: 10_000,
    endNs: 500_000,
    file: '/home/me/prog.py',
    line: 3,
  });
  const task = found.units[3];
  assert.deepEqual(
    [task?.kind, task?.name, task?.startNs, task?.endNs, task?.parent],
    ['task', 'never', null, null, 1],
  );
  assert.deepEqual(found.waits, [
    {
      unit: 1,
      kind: 'threading.Lock',
      object: 'Cache._lock',
      startNs: 100_000,
      endNs: 301_000,
      heldBy: 2,
      wokenBy: 2,
      file: '/home/me/prog.py',
      line: 5,
    },
    {
      unit: 2,
      kind: 'queue.Queue.get',
      object: 'queue.Queue at prog.py:12',
      startNs: 350_000,
      endNs: 400_000,
      heldBy: null,
      wokenBy: null,
      file: '/home/me/prog.py',
      line: 21,
    },
    {
      unit: 1,
      kind: 'threading.Thread.join',
      object: 'worker',
      startNs: 600_000,
      endNs: 601_000,
      heldBy: null,
      wokenBy: 2,
      file: '/home/me/prog.py',
      line: 7,
    },
  ]);
  assert.deepEqual([found.schema, found.findings, found.dropped, found.problems], ['interleave.report/1', [], 0, []]);
});

test('the text says it in a few lines', () => {
  assert.equal(
    reportText(report(exampleTrace())),
    `prog.py · Python 3.13.0 · as written · exit status 3
wall 2.0 ms · CPU 470.0 µs · 0.2 of 2 cores busy · threads waited 17 % of their time · most for Cache._lock, 201.0 µs
critical path: 70 % in calls that are not recorded, 30 % running; 20 % in waits for Cache._lock; 71 % on MainThread

Unit                   began    lived     waited    where
prog.py (process 100)  0 ns     1.0 ms    0 ns
  MainThread (thread)  0 ns     1.0 ms    202.0 µs
    never (task)       never              0 ns
  worker (thread)      10.0 µs  490.0 µs  50.0 µs   prog.py:3

Waits that took most of the time
201.0 µs  once  threading.Lock Cache._lock                 first at prog.py:5
50.0 µs   once  queue.Queue.get queue.Queue at prog.py:12  first at prog.py:21
1.0 µs    once  threading.Thread.join worker               first at prog.py:7
`,
  );
});

test('the document tells what the length of the run came from', () => {
  const path = report(exampleTrace()).criticalPath;
  assert.deepEqual(
    [path?.ns, path?.whole, path?.objects, path?.units],
    [
      1_000_000,
      true,
      [{ name: 'Cache._lock', ns: 201_000 }],
      [
        { name: 'MainThread', unit: 1, ns: 705_000 },
        { name: 'worker', unit: 2, ns: 295_000 },
      ],
    ],
  );
  assert.equal(
    path?.states.reduce((sum, { ns }) => sum + ns, 0),
    1_000_000,
  );
});

test('a run of which nothing was recorded still has a report', () => {
  const trace = readWhole(new Map());
  assert.deepEqual(report(trace).units, []);
  assert.match(reportText(report(trace)), /^program · Python · as written · exit status unknown/);
});
