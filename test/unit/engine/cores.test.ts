import assert from 'node:assert/strict';
import { test } from 'node:test';
import { THREAD_STATES } from '../../../common/trace';
import { PASS_DONE, Trace } from '../../../src/engine/trace';
import { drawCores } from '../../support/drawCores';
import { CLOCK_START_NS, drawTrace } from '../../support/drawTrace';
import { coreLines, readWhole, stateLines } from '../../support/readTrace';

const TWO_THREADS = `
     0 100.0 process_begin P how=program parent=1
     0 100.0 thread_begin Main tid=100 flags=1
    10 100.0 thread_create W name="worker" site=prog.py:3@main
   110 100.1 thread_begin W tid=101 site=prog.py:20@work
   210 100.0 wait W op=threading.Thread.join site=prog.py:4@main
   900 100.1 thread_end W
   910 100.0 got W op=threading.Thread.join
  1000 100.0 process_end P
`;

test('stretches on cores belong to the threads that ran, also before their first record', () => {
  const cores = drawCores(
    `  -50 0 100/100 on
        212 0 100/100 off
        100 1 100/101 on
        300 1 100/101 preempted
        400 1 100/101 on
        902 1 100/101 exit
        905 0 100/100 on
       1001 0 100/100 off
       1010 0 100/999 on
       1020 0 100/999 off`,
    2,
  );
  const trace = readWhole(new Map([...drawTrace(TWO_THREADS), ...cores]));
  assert.deepEqual(coreLines(trace), [
    'core 0 MainThread 0..212',
    'core 1 worker 100..300 preempted',
    'core 1 worker 400..902',
    'core 0 MainThread 905..1001',
    'core 0 - 1010..1020',
  ]);
  assert.deepEqual(stateLines(trace), [
    'MainThread running 0..212',
    'worker running 110..300',
    'worker ready 300..400',
    'worker running 400..900',
    'MainThread waiting 212..905',
    'MainThread running 905..1000',
  ]);
});

/** Two threads, no recorded waits; the worker is off its core for a while. */
function worker(cores: string, gil: boolean): string[] {
  const drawing = TWO_THREADS.replace(/.*(wait|got) W.*\n/g, '');
  const trace = readWhole(new Map([...drawTrace(drawing, { gil }), ...drawCores(cores, 2)]));
  return stateLines(trace).filter((line) => line.startsWith('worker'));
}

test('off the core without a wait: wants the GIL when another thread of its interpreter ran, else is blocked', () => {
  const busy =
    '0 0 100/100 on\n 100 1 100/101 on\n 300 1 100/101 off\n 700 1 100/101 on\n 900 1 100/101 off\n 1000 0 100/100 off';
  assert.equal(worker(busy, true)[1], 'worker gil 300..700 derived');
  assert.equal(worker(busy, false)[1], 'worker blocked 300..700 derived');
  const idle =
    '0 0 100/100 on\n 100 1 100/101 on\n 290 0 100/100 off\n 300 1 100/101 off\n 700 1 100/101 on\n 900 1 100/101 off';
  assert.equal(worker(idle, true)[1], 'worker blocked 300..700 derived');
});

test('a number that the system used twice belongs to the thread of its time', () => {
  const trace = readWhole(
    new Map([
      ...drawTrace(`
         0 100.0 process_begin P how=program parent=1
         0 100.0 thread_begin Main tid=100 flags=1
        10 100.0 thread_create A name="first"
        20 100.1 thread_begin A tid=101
        30 100.1 thread_end A
        40 100.0 thread_create B name="second"
        60 100.1 thread_begin B tid=101
        70 100.1 thread_end B
        99 100.0 process_end P`),
      ...drawCores('15 0 100/101 on\n 31 0 100/101 exit\n 55 0 100/101 on\n 71 0 100/101 exit', 1),
    ]),
  );
  assert.deepEqual(coreLines(trace), ['core 0 first 15..31', 'core 0 second 55..71']);
});

test('what was lost is a gap, and is told', () => {
  const cores = drawCores('100 1 100/101 on\n 300 1 0/0 lost\n 700 1 100/101 on\n 900 1 100/101 off', 2);
  const trace = readWhole(new Map([...drawTrace(TWO_THREADS), ...cores]));
  assert.deepEqual(coreLines(trace), ['core 1 worker 700..900']);
  assert.ok(trace.problems.some(({ kind, text }) => kind === 'lost' && text.startsWith('7 ')));
});

/** Samples as [time, tid, ran, waited for a core], microseconds. */
function drawSamples(samples: readonly (readonly [number, number, number, number])[]): Map<string, Uint8Array> {
  const bytes = new Uint8Array(samples.length * 32);
  const view = new DataView(bytes.buffer);
  for (const [i, [time, tid, ran, wanted]] of samples.entries()) {
    view.setBigUint64(i * 32, BigInt(CLOCK_START_NS + time * 1000), true);
    view.setUint32(i * 32 + 8, 100, true);
    view.setUint32(i * 32 + 12, tid, true);
    view.setUint32(i * 32 + 16, ran * 1000, true);
    view.setUint32(i * 32 + 20, wanted * 1000, true);
  }
  const json = JSON.stringify({ source: 'sampled', count: 1, reason: 'Cores are sampled.' });
  return new Map([
    ['cores.samples', bytes],
    ['cores.json', new TextEncoder().encode(json)],
  ]);
}

test('samples are laid before their time, one after the other on one core', () => {
  const samples = drawSamples([
    [400, 100, 100, 0],
    [400, 101, 50, 0],
    [600, 101, 900, 0],
  ]);
  const trace = readWhole(new Map([...drawTrace(TWO_THREADS), ...samples]));
  assert.deepEqual(coreLines(trace), [
    'core 0 MainThread 250..350',
    'core 0 worker 350..400',
    'core 0 worker 400..600',
  ]);
  assert.ok(trace.coreSpans.columns.flags.subarray(0, 3).every((flags) => flags & 2));
  assert.ok(stateLines(trace).every((line) => line.endsWith('derived')));
});

test('samples that follow closely are one stretch; who waited for a core between them was ready', () => {
  const drawing = `
        0 100.0 process_begin P how=program parent=1
        0 100.0 thread_begin Main tid=100 flags=1
    90000 100.0 process_end P`;
  const samples = drawSamples([
    [2000, 100, 2000, 0],
    [6000, 100, 1000, 0],
    [40000, 100, 2000, 25000],
    [80000, 100, 2000, 100],
    [90000, 100, 100, 0],
  ]);
  assert.deepEqual(stateLines(readWhole(new Map([...drawTrace(drawing), ...samples]))), [
    'MainThread running 0..6000 derived',
    'MainThread ready 6000..38000 derived',
    'MainThread running 38000..40000 derived',
    'MainThread blocked 40000..78000 derived',
    'MainThread running 78000..80000 derived',
    'MainThread blocked 80000..89900 derived',
    'MainThread running 89900..90000 derived',
  ]);
});

test('live: when all sleep and no later event comes, it is seen all the same that a thread left its core', () => {
  const trace = new Trace();
  const drawing = TWO_THREADS.split('\n').slice(0, 6).join('\n');
  const cores = drawCores('0 0 100/100 on\n 212 0 100/100 off', 2);
  for (const [file, bytes] of new Map([...drawTrace(drawing), ...cores])) {
    trace.append({ file, offset: 0, bytes, final: false });
  }
  const main = (): number | undefined => {
    trace.append(PASS_DONE);
    const { openStates } = trace.delta(null).delta;
    return openStates.find(({ unit }) => trace.units[unit]?.name === 'MainThread')?.state;
  };
  const seen = Array.from({ length: 6 }, main);
  assert.equal(THREAD_STATES[seen.at(-1) as number], 'waiting');
});

test('without cores, threads run but for their waits, and that is marked as derived', () => {
  assert.deepEqual(
    stateLines(readWhole(drawTrace(TWO_THREADS))).filter((line) => line.startsWith('Main')),
    [
      'MainThread running 0..210 derived',
      'MainThread waiting 210..910 derived',
      'MainThread running 910..1000 derived',
    ],
  );
});

test('live: who is on a core and how threads stand is known before it is over', () => {
  const trace = new Trace();
  const drawing = TWO_THREADS.split('\n').slice(0, 6).join('\n');
  const late = '200000 100.1 enter 0 site=prog.py:20@work';
  const cores = drawCores('0 0 100/100 on\n 212 0 100/100 off\n 100 1 100/101 on', 2);
  for (const [file, bytes] of new Map([...drawTrace(`${drawing}\n${late}`), ...cores])) {
    trace.append({ file, offset: 0, bytes, final: false });
  }
  trace.append(PASS_DONE);
  trace.append(PASS_DONE);
  const { delta } = trace.delta(null);
  const worker = trace.units.findIndex(({ name }) => name === 'worker');
  assert.deepEqual(delta.openCoreSpans, [{ core: 1, unit: worker + 1, start: 100e3 }]);
  assert.deepEqual(
    delta.openStates.map(({ unit, state, start }) => [trace.units[unit]?.name, state, start]),
    [
      ['MainThread', 4, 212e3],
      ['worker', 0, 110e3],
    ],
  );
});
