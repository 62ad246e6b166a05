import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresOf, type ModeFigures } from '../../../../src/engine/compare/figures';
import { drawCores } from '../../../support/drawCores';
import { drawTrace } from '../../../support/drawTrace';
import { readWhole } from '../../../support/readTrace';

const US = 1000;
const NO_CORES = new Map([['cores.json', json({ source: 'none', count: 2, reason: '', startNs: 0 })]]);

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function figures(mode: string, drawing: string, cores: ReadonlyMap<string, Uint8Array> = NO_CORES): ModeFigures {
  const files = drawTrace(drawing);
  for (const [name, bytes] of cores) files.set(name, bytes);
  files.set('run.json', json({ version: 1, file: '/p.py', mode, function: 'work', inputs: 'range(2)', workers: 2 }));
  const memory = { peakBytes: 5000, samples: 3, limitBytes: 90000 };
  const end = { exitCode: 0, startNs: 0, endNs: 9, python: '3.13.0', gil: true, how: 'exited', memory };
  files.set('end.json', json(end));
  const found = figuresOf(readWhole(files));
  assert.ok(found);
  return found;
}

const THREADS = `
    0   100.0  process_begin P how=program parent=1
    0   100.0  thread_begin Main tid=100 flags=1
   50   100.0  usage cpu=40000 sent=7 flags=1
   60   100.0  job_submit !A on=0
   61   100.0  job_submit !B on=0
   62   100.0  thread_create W1 name="work_0"
   63   100.0  thread_create W2 name="work_1"
   70   100.1  thread_begin W1 tid=101
   70   100.1  job_begin !A name="work(0)"
   90   100.2  thread_begin W2 tid=102
   90   100.2  job_begin !B name="work(1)"
  110   100.1  wait 0 op=time.sleep
  140   100.1  got 0 op=time.sleep
  170   100.1  job_end !A
  190   100.2  job_end !B
  195   100.1  thread_end W1
  195   100.2  thread_end W2
  200   100.0  usage cpu=110000 sent=7 flags=2
  210   100.0  usage cpu=115000 sent=7 flags=4
  211   100.0  process_end P
`;

test('calls, start-up, memory and waits of a run in threads', () => {
  const found = figures('thread', THREADS);
  assert.equal(found.wallNs, 150 * US);
  assert.deepEqual(found.callsNs, [100 * US, 100 * US]);
  // Workers begin after 20 and 40, and 10 are left when the last call is over.
  assert.equal(found.startupNs, 40 * US);
  assert.deepEqual(found.waits, { sleep: 30 * US });
  assert.equal(found.callsAtOnce, 200 / 120);
  assert.equal(found.aloneShare, 40 / 120);
  assert.deepEqual([found.peakBytes, found.limitBytes, found.pickledBytes], [5000, 90000, 0]);
  assert.equal(found.cpuNs, 70000, 'as the process adds up its own');
  assert.match(found.notes.join(' '), /CPU time is as each Python process adds up its own/);
  // Who ran is not known without cores: no more than that CPU time can have been spent running.
  assert.equal(found.ranAtOnce, 70 / 150);
  assert.equal(found.states.running, 70000);
});

test('with the kernel’s records: who ran, who wanted the GIL, who was pushed off', () => {
  const cores = drawCores(
    `  10 0 100/100 on
       68 0 100/100 off
       70 0 100/101 on
      110 0 100/101 off
      110 0 100/102 on
      140 0 100/102 off
      140 0 100/101 on
      160 0 100/101 preempted
      165 0 100/101 on
      172 0 100/101 off
      172 0 100/102 on
      196 0 100/102 off
      196 0 100/100 on
      212 0 100/100 exit`,
    2,
  );
  const found = figures('thread', THREADS, cores);
  assert.equal(found.ranAtOnce, 1);
  assert.equal(found.states.ready, 5 * US);
  assert.equal(found.states.waiting, 30 * US);
  assert.ok(found.states.gil > 0, 'the second one stood in line');
  // 18 + 40 + 30 + 20 + 7 + 24 + 4 of what lies between the marks.
  assert.equal(found.cpuNs, 143 * US);
  assert.equal(found.coresBusy, 143 / 150);
});

test('what processes sent and used is added up; one that could not tell makes it unknown', () => {
  const drawing = (end: string) => `
      0  100.0  process_begin P how=program parent=1
      0  100.0  thread_begin Main tid=100 flags=1
     50  100.0  usage cpu=40000 sent=7 flags=1
     60  100.0  job_submit !A on=0
     70  101.0  process_begin C how=fork parent=100
     70  101.0  thread_begin Main2 tid=101 flags=1
     72  101.0  job_begin !A name="work(0)"
    170  101.0  job_end !A
    ${end}
    191  101.0  process_end C
    200  100.0  usage cpu=50000 sent=107 flags=2
    211  100.0  process_end P
  `;
  const told = figures('process', drawing('190  101.0  usage cpu=90000 sent=30 flags=4'));
  assert.deepEqual([told.cpuNs, told.pickledBytes], [100000, 130]);
  const silent = figures('process', drawing(''));
  assert.deepEqual([silent.cpuNs, silent.pickledBytes], [null, null]);
  assert.match(silent.notes.join(' '), /a process ended before it could tell/);
});

test('tasks: what a step waits without giving the loop back', () => {
  const found = figures(
    'async',
    `  0  100.0  process_begin P how=program parent=1
       0  100.0  thread_begin Main tid=100 flags=1
      50  100.0  usage cpu=40000 sent=0 flags=1
      51  100.0  task_create A text="work"
      51  100.0  name A text="work(0)"
      60  100.0  step_begin A
      70  100.0  wait 0 op=time.sleep
     150  100.0  got 0 op=time.sleep
     160  100.0  step_end A flags=1
     200  100.0  usage cpu=50000 sent=0 flags=2
     211  100.0  process_end P`,
  );
  assert.equal(found.states.waiting, 80 * US);
  assert.deepEqual(found.callsNs, [100 * US]);
  assert.equal(found.isCoroutine, false);
});

test('a run that did not come to the end of its calls has no figures', () => {
  const files = drawTrace(THREADS.replace(/.*flags=2\n/, ''));
  files.set('run.json', json({ version: 1, file: '/p.py', mode: 'thread', function: 'work' }));
  assert.equal(figuresOf(readWhole(files)), undefined);
});
