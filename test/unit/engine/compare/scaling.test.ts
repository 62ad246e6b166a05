/** What keeps a function from more speed with more workers: drawn figures on both sides of each threshold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScalingDocument } from '../../../../common/scaling';
import type { Mode } from '../../../../common/trace';
import type { ModeFigures } from '../../../../src/engine/compare/figures';
import { scaling, SCALING_THRESHOLDS as T } from '../../../../src/engine/compare/scaling';
import { scalingPage, shownWorkers } from '../../../../src/engine/compare/scalingPage';
import { drawFigures, MS } from './figures';

type Given = Parameters<typeof drawFigures>[1];

const ONE = 800 * MS;

/** Runs with 1, 2 and 4 workers on eight cores: a second is a fifth faster, more are not; `last` is told of those with 4. */
function scaled(last: Given, mode: Mode = 'thread'): ScalingDocument {
  const run = (workers: number, wallNs: number, given: Given = {}): ModeFigures =>
    drawFigures(mode, { workers, wallNs, cpuNs: ONE, cores: 8, coresBusy: 1, startupNs: 0, ...given });
  return scaling({ function: 'work', inputs: 'range(8)', mode }, [
    run(1, ONE),
    run(2, 640 * MS),
    run(4, 620 * MS, last),
  ]);
}

const below = (threshold: number): number => threshold * 0.99;
const IN_CALLS = 8 * 100 * MS;
const wantingGil = (share: number): Given => ({ states: { gil: share * IN_CALLS } });

/** A limit, figures that just reach it, and figures that just do not. */
const LIMITS: readonly (readonly [string, Given, Given, Mode?])[] = [
  ['gil', wantingGil(T.gil), wantingGil(below(T.gil))],
  ['lock', { waits: { lock: T.lock * IN_CALLS } }, { waits: { lock: below(T.lock) * IN_CALLS } }],
  ['calls', { callsNs: new Array(3).fill(100 * MS) }, { callsNs: new Array(4).fill(100 * MS) }],
  ['start-up', { startupNs: T.startup * 620 * MS }, { startupNs: below(T.startup) * 620 * MS }, 'process'],
  ['uneven', { aloneShare: T.alone }, { aloneShare: below(T.alone) }],
  ['memory', { cpuNs: T.dearer * ONE }, { cpuNs: below(T.dearer) * ONE }],
  ['cores', { coresBusy: T.cores * 4 }, { coresBusy: below(T.cores) * 4 }],
  ['none', { wallNs: ONE / (T.grows * 4) }, { wallNs: ONE / below(T.grows * 4) }],
];

for (const [limit, reached, missed, mode] of LIMITS) {
  test(`the limit ${limit} begins at its threshold`, () => {
    assert.equal(scaled(reached, mode).limit, limit);
    assert.equal(scaled(missed, mode).limit, 'unclear');
  });
}

test('without a GIL, or in processes, the GIL is no limit', () => {
  assert.equal(scaled({ ...wantingGil(0.9), gil: false }).limit, 'unclear');
  assert.equal(scaled(wantingGil(0.9), 'process').limit, 'unclear');
});

test('calls that got dearer while all cores were busy are limited by the cores', () => {
  assert.equal(scaled({ cpuNs: 2 * ONE, coresBusy: below(T.cores) * 8 }).limit, 'memory');
  assert.equal(scaled({ cpuNs: 2 * ONE, coresBusy: T.cores * 8 }).limit, 'cores');
});

test('no figures of CPU time are no reason', () => {
  assert.equal(scaled({ cpuNs: null, coresBusy: null }).limit, 'unclear');
});

test('without a run of one worker, or with that alone, nothing is said', () => {
  const one = drawFigures('thread', { workers: 1 });
  const two = drawFigures('thread', { workers: 2 });
  const request = { function: 'work', inputs: '[]', mode: 'thread' } as const;
  for (const runs of [[], [one], [two]]) {
    const found = scaling(request, runs, [{ workers: 4, reason: 'It failed.' }]);
    assert.equal(found.limit, 'unclear');
    assert.match(found.text, /Nothing can be said about work/);
    assert.deepEqual(found.notes, ['Not with 4 workers: It failed.']);
    assert.equal(scalingPage(found, '').scaling, undefined);
  }
});

test('runs that differ much among each other are told', () => {
  const runs = (spread: number): ModeFigures[] =>
    [1, 2].flatMap((workers) =>
      [-spread, 0, spread].map((part) => drawFigures('thread', { workers, wallNs: (ONE / workers) * (1 + part) })),
    );
  const said = (spread: number): string =>
    scaling({ function: 'work', inputs: '[]', mode: 'thread' }, runs(spread)).evidence.join(' ');
  assert.match(said(T.noisy * 1.01), /differ much among each other/);
  assert.doesNotMatch(said(below(T.noisy)), /differ much/);
});

test('the page draws the law only where the times follow it, and concludes only when all is over', () => {
  const found = scaled({});
  const page = scalingPage(found, '');
  assert.deepEqual(shownWorkers(found, true), [1, 2, 4]);
  assert.deepEqual(
    page.runs.map(({ title, note }) => `${title} ${note}`.trim()),
    ['1 worker', '2 workers the knee', '4 workers'],
  );
  assert.equal(page.scaling?.knee, 2);
  assert.equal(page.scaling?.words, found.text);
  assert.deepEqual(page.tables[0]?.columns, ['1', '2', '4']);
  assert.ok(page.canSave);

  const meanwhile = scalingPage(found, 'goes on');
  assert.deepEqual(shownWorkers(found, false), [1, 4]);
  assert.deepEqual([meanwhile.sentences, meanwhile.evidence], [[], []]);
  assert.deepEqual([meanwhile.scaling?.knee, meanwhile.scaling?.law], [null, null]);
  assert.equal(meanwhile.canSave, false);

  const growing = scaled({ wallNs: 400 * MS });
  assert.match(growing.text, /2\.0 times as fast with 4 workers, the most that were run\./);
  assert.equal(scalingPage(growing, '').scaling?.knee, null);
  assert.deepEqual(
    scalingPage(growing, '').runs.map(({ note }) => note),
    ['', ''],
  );

  assert.equal(scalingPage(scaled({ wallNs: 3 * ONE }), '').scaling?.law, null);
  const law = page.scaling?.law;
  assert.match(law?.words ?? '', /serial, at most/);
  assert.deepEqual(law?.curve[0], [1, 1]);
});
