import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRuns } from '../../../../src/engine/compare/compareRuns';
import { compareText } from '../../../../src/engine/compare/compareText';
import { drawFigures, MS } from './figures';

const REQUEST = { function: 'work', inputs: 'range(8)', workers: 0 };
const sequential = (wall: number, python = '3.13.0') =>
  drawFigures('sequential', { wallNs: wall * MS, python, states: { running: wall * MS } });

test('wall times are put together by mode and Python; other figures are those of the middle run', () => {
  const runs = [900, 700, 800].map((wall) => ({ ...sequential(wall), cpuNs: wall * MS }));
  const threads = [400, 500, 410].map((wall) => drawFigures('thread', { wallNs: wall * MS }));
  const { runs: found, workers } = compareRuns(REQUEST, [...runs, ...threads, sequential(600, '3.13.0t')]);
  assert.equal(workers, 2);
  assert.deepEqual(
    found.map(({ mode, python }) => `${mode} ${python}`),
    ['sequential 3.13.0', 'thread 3.13.0', 'sequential 3.13.0t'],
  );
  assert.deepEqual(found[0]?.wallNs, { median: 800 * MS, min: 700 * MS, max: 900 * MS });
  assert.equal(found[0]?.cpuNs, 800 * MS);
  assert.equal(found[1]?.speedup, 1.951);
  assert.equal(found[2]?.speedup, 1, 'each Python is measured by its own sequential run');
});

test('of several Pythons each has its verdict, and the first one counts', () => {
  const { verdict } = compareRuns(REQUEST, [sequential(800), sequential(600, '3.13.0t')]);
  assert.match(verdict.text, /^On Python 3\.13\.0: /);
  assert.match(verdict.evidence.at(-1) ?? '', /^On Python 3\.13\.0t: /);
});

test('what is sampled, unknown or was not run is said', () => {
  const run = {
    ...sequential(800),
    coreSource: 'sampled' as const,
    peakBytes: 5 << 20,
    notes: ['CPU time is not known.'],
  };
  const skipped = [{ mode: 'process' as const, python: '3.13.0', reason: 'work cannot be sent.' }];
  const document = compareRuns(REQUEST, [run], skipped);
  assert.match(document.notes.join(' '), /is sampled here.*CPU time is not known.*highest of samples/);
  const text = compareText(document);
  assert.match(text, /^sequential +800\.0 ms \(800\.0 ms to 800\.0 ms\) +1\.00x +\? +\? +1\.0 ms +5\.0 MiB +0 B$/m);
  assert.match(text, /^not run: process: work cannot be sent\.$/m);
  assert.match(text, /^unclear, best: sequential$/m);
});
