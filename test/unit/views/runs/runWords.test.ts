import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_RUN, type RunInfo } from '../../../../common/trace';
import { runWords, sizeWords, unreadableWords } from '../../../../src/views/runs/runWords';

const NOON = new Date(2026, 0, 5, 12, 0);
const ENDED: RunInfo = {
  ...NO_RUN,
  file: '/a/prime.py',
  mode: 'thread',
  function: 'check',
  inputs: 'range(8)',
  python: '3.13.0',
  exitCode: 0,
  wallNs: 1e9,
  state: { kind: 'ended', how: 'exited' },
};
const facts = (run: RunInfo) => ({ title: 'prime.py: check', run, lasted: '1.00 s', time: NOON, findings: [] });

test('a run that is over says how it ran, how long, and when', () => {
  const { description, tooltip, spoken, icon } = runWords(facts(ENDED), NOON);
  assert.match(description, /^1\.00 s · in threads · 12:00/);
  assert.match(tooltip, /^prime\.py: check\ncheck\(range\(8\)\) in threads\n1\.00 s\nnothing found\nPython 3\.13\.0\n/);
  assert.match(tooltip, /\/a\/prime\.py$/);
  assert.match(spoken, /nothing found/);
  assert.equal(icon, 'pass');
});

test('the worst finding gives the icon, and how it ended is said when it did not end well', () => {
  const found = [{ severity: 'warning' }, { severity: 'error' }] as const;
  const words = runWords({ ...facts({ ...ENDED, exitCode: 3 }), findings: found }, NOON);
  assert.match(words.description, /^exit status 3 · 1 error, 1 warning · 1\.00 s · in threads · /);
  assert.equal(words.icon, 'error');
  const failed = runWords(facts({ ...ENDED, state: { kind: 'failed', text: 'no' } }), NOON);
  assert.match(failed.description, /failed to start/);
  assert.equal(failed.icon, 'circle-slash');
  assert.match(runWords(facts({ ...ENDED, state: { kind: 'ended', how: 'timeout' } }), NOON).description, /time limit/);
});

test('while it runs nothing is final', () => {
  const words = runWords(facts({ ...ENDED, exitCode: null, state: { kind: 'running' } }), NOON);
  assert.match(words.description, /running/);
  assert.match(words.tooltip, /nothing found so far/);
  assert.equal(words.icon, 'sync~spin');
});

test('of a saved trace that was not opened nobody knows what was found', () => {
  const saved = { ...facts(ENDED), findings: undefined, bytes: 12_500 };
  const words = runWords(saved, new Date(2026, 0, 7));
  assert.match(words.description, /5.* · 13 KB$/);
  assert.match(words.tooltip, /what was found is known once it is opened/);
  assert.equal(words.icon, 'file');
  const unfinished = runWords({ ...saved, run: { ...ENDED, state: { kind: 'starting' } } }, NOON);
  assert.match(unfinished.description, /saved while it ran/);
  assert.equal(unreadableWords('a.interleave').description, 'cannot be read');
});

test('sizes are said as files have them', () => {
  assert.deepEqual([900, 9400, 94_000, 3.2e6, 4e9].map(sizeWords), [
    '900 bytes',
    '9.4 KB',
    '94 KB',
    '3.2 MB',
    '4.0 GB',
  ]);
});
