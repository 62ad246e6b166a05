import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRuns } from '../../../../src/engine/compare/compareRuns';
import type { ModeFigures } from '../../../../src/engine/compare/figures';
import { drawFigures, MS } from './figures';

const REQUEST = { function: 'work', inputs: 'range(8)', workers: 2 };
const verdict = (...runs: readonly ModeFigures[]) => compareRuns(REQUEST, runs).verdict;

const COMPUTES = drawFigures('sequential', { states: { running: 800 * MS } });
const SERIALISED = drawFigures('thread', { wallNs: 810 * MS, states: { running: 800 * MS, gil: 790 * MS } });
const WAITS = drawFigures('sequential', { states: { waiting: 790 * MS, running: 10 * MS } });
const TWO_AT_ONCE = { ranAtOnce: 1.9 };

test('threads that stand in line for the GIL: CPU-bound, processes', () => {
  const processes = drawFigures('process', { wallNs: 450 * MS, states: { running: 810 * MS }, ...TWO_AT_ONCE });
  const found = verdict(COMPUTES, SERIALISED, processes);
  assert.equal(found.kind, 'cpu-bound');
  assert.equal(found.best, 'process');
  assert.match(
    found.text,
    /1\.0 of 2 ran at a time.*the GIL\. In processes the calls took 450\.0 ms in place of 800\.0 ms\.$/,
  );
  assert.match(found.evidence.join(' '), /stood in line for 50 % of their time/);
});

test('a mode that was not faster is not recommended, and one that was slower once is probably faster', () => {
  const slow = drawFigures('process', { wallNs: 790 * MS, states: { running: 810 * MS }, ...TWO_AT_ONCE });
  assert.equal(verdict(COMPUTES, SERIALISED, slow).best, 'sequential');
  assert.match(verdict(COMPUTES, SERIALISED, slow).text, /In processes the calls were not faster in these runs/);
  const walls = [400, 450, 900].map((wall) => drawFigures('process', { ...slow, wallNs: wall * MS }));
  assert.match(verdict(COMPUTES, SERIALISED, ...walls).text, /probably faster: the runs vary more than they differ/);
});

test('preempted threads on a busy machine do not look like threads without the GIL', () => {
  const busy = drawFigures('thread', {
    wallNs: 1500 * MS,
    states: { running: 800 * MS, ready: 700 * MS, gil: 200 * MS, blocked: 900 * MS },
  });
  assert.equal(verdict(COMPUTES, busy).kind, 'cpu-bound');
  const pushed = { ...COMPUTES, states: { ...COMPUTES.states, ready: 900 * MS } };
  assert.match(verdict(pushed, busy).evidence.at(-1) ?? '', /Other programs kept the cores busy.* 53 % of their time/);
});

test('threads that run at once: the GIL is freed, or there is none', () => {
  const free = drawFigures('thread', { wallNs: 420 * MS, states: { running: 810 * MS, gil: 5 * MS }, ...TWO_AT_ONCE });
  const found = verdict(COMPUTES, free);
  assert.deepEqual([found.kind, found.best], ['gil-free', 'thread']);
  assert.match(found.text, /frees the GIL/);
  assert.match(verdict(COMPUTES, { ...free, gil: false }).text, /this Python has no GIL/);
});

test('one call that keeps several cores busy has threads of its own', () => {
  const own = { ...COMPUTES, coresBusy: 1.7, cpuNs: 1360 * MS };
  const threads = drawFigures('thread', { wallNs: 830 * MS, states: { running: 800 * MS, gil: 700 * MS } });
  const found = verdict(own, threads);
  assert.deepEqual([found.kind, found.best], ['gil-free', 'sequential']);
  assert.match(found.text, /threads of its own.*kept 1\.7 of \d+ cores busy.*were not faster/);
  assert.notEqual(verdict({ ...own, coresBusy: 1.2 }, threads).kind, 'gil-free');
});

test('threads that run at once and gain nothing, where processes do: something in one process is in the way', () => {
  const free = drawFigures('thread', { wallNs: 900 * MS, states: { running: 1700 * MS }, ...TWO_AT_ONCE });
  const processes = drawFigures('process', { wallNs: 450 * MS, states: { running: 820 * MS }, ...TWO_AT_ONCE });
  const found = verdict(COMPUTES, free, processes);
  assert.deepEqual([found.kind, found.best], ['gil-free', 'process']);
  assert.match(found.text, /share is in the way/);
});

test('calls that cost twice the CPU time wherever they run at once: probably bound by memory', () => {
  const dear = { wallNs: 820 * MS, states: { running: 1600 * MS }, ...TWO_AT_ONCE };
  const found = verdict(COMPUTES, drawFigures('thread', dear), drawFigures('process', dear));
  assert.deepEqual([found.kind, found.best], ['memory-bound', 'sequential']);
  assert.match(found.text, /probably/);
  assert.equal(verdict(COMPUTES, drawFigures('thread', dear)).kind, 'gil-free', 'threads alone do not show it');
});

test('a peak near what the machine has: bound by memory', () => {
  const full = drawFigures('process', { peakBytes: 9e9, limitBytes: 10e9, ...TWO_AT_ONCE });
  assert.equal(verdict(COMPUTES, full).kind, 'memory-bound');
  assert.match(verdict(COMPUTES, full).text, /90 % of what the machine has/);
});

test('waits that overlap: I/O-bound, the simplest mode that is about as fast', () => {
  const threads = drawFigures('thread', { wallNs: 405 * MS, states: { waiting: 790 * MS } });
  const processes = drawFigures('process', { wallNs: 400 * MS, states: { waiting: 790 * MS } });
  const found = verdict(WAITS, threads, processes);
  assert.deepEqual([found.kind, found.best], ['io-bound', 'thread']);
  assert.match(found.text, /2\.0 calls waited at once.*processes only add start-up \(40\.0 ms\)/);
});

test('waits that do not overlap are not called I/O', () => {
  const threads = drawFigures('thread', { states: { waiting: 1500 * MS } });
  assert.equal(verdict(WAITS, threads).kind, 'unclear');
  const lucky = drawFigures('async', { wallNs: 500 * MS });
  assert.equal(verdict(COMPUTES, lucky).best, 'sequential', 'a loop does not make a plain function faster');
});

test('a coroutine that waits without await blocks the loop; one that awaits is I/O-bound', () => {
  const threads = drawFigures('thread', { wallNs: 405 * MS, states: { waiting: 790 * MS }, isCoroutine: true });
  const blocked = drawFigures('async', { callsAtOnce: 1, states: { waiting: 780 * MS } });
  const found = verdict(WAITS, threads, blocked);
  assert.deepEqual([found.kind, found.best], ['blocked-loop', 'thread']);
  const awaits = drawFigures('async', { wallNs: 110 * MS, callsAtOnce: 8, states: { running: 5 * MS } });
  assert.deepEqual([verdict(WAITS, threads, awaits).kind, verdict(WAITS, threads, awaits).best], ['io-bound', 'async']);
});

test('a plain function in the loop is told when no threads were run beside it', () => {
  const blocked = drawFigures('async', { callsAtOnce: 1, states: { waiting: 780 * MS } });
  const found = verdict(WAITS, blocked);
  assert.deepEqual([found.kind, found.best], ['blocked-loop', 'sequential']);
  assert.match(found.text, /asyncio\.to_thread/);
  const threads = drawFigures('thread', { states: { blocked: 1500 * MS } });
  assert.equal(verdict(WAITS, blocked, threads).kind, 'unclear', 'threads that gain nothing are something else');
});

test('work that takes less than its workers cost: too small', () => {
  const tiny = drawFigures('sequential', { wallNs: 0.2 * MS, states: { running: 0.1 * MS } });
  const found = verdict(tiny, drawFigures('thread', { wallNs: 9 * MS }), drawFigures('process', { wallNs: 41 * MS }));
  assert.deepEqual([found.kind, found.best], ['too-small', 'sequential']);
  assert.match(found.text, /200\.0 µs.*40\.0 ms/);
  const held = [0.5, 700, 800].map((ms) => drawFigures('thread', { wallNs: 900 * MS, startupNs: ms * MS }));
  assert.notEqual(verdict(WAITS, ...held).kind, 'too-small', 'a start that was held up twice says nothing of its cost');
});

test('one long call at the end: uneven', () => {
  const callsNs = [...new Array(7).fill(20 * MS), 400 * MS];
  const one = drawFigures('sequential', { wallNs: 540 * MS, callsNs, states: { waiting: 540 * MS } });
  const threads = drawFigures('thread', { wallNs: 440 * MS, callsNs, aloneShare: 0.8, states: { waiting: 540 * MS } });
  const found = verdict(one, threads);
  assert.deepEqual([found.kind, found.best], ['uneven', 'thread']);
  assert.match(found.text, /longest takes 400\.0 ms.*80 % of the time only one call was left/);
});

test('more workers than cores are told where the work computes', () => {
  const crowd = (run: ModeFigures): ModeFigures => ({ ...run, workers: 8 });
  assert.match(verdict(crowd(COMPUTES), crowd(SERIALISED)).evidence.join(' '), /8 workers and 4 cores/);
  assert.doesNotMatch(verdict(crowd(WAITS), drawFigures('thread', {})).evidence.join(' '), /4 cores/);
});

test('without another mode, or without any run, nothing is claimed', () => {
  assert.equal(verdict(COMPUTES).kind, 'unclear');
  assert.equal(verdict().kind, 'unclear');
});
