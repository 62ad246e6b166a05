import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitAmdahl, kneeOf, speedupBy } from '../../../../src/engine/compare/amdahl';
import { workerCounts } from '../../../../src/engine/compare/scaling';

const law = (serial: number) =>
  [1, 2, 4, 8].map((workers) => ({ workers, nanos: 1e9 * (serial + (1 - serial) / workers) }));

test('the serial part of times that follow the law is found', () => {
  for (const serial of [0, 0.05, 0.3, 1]) {
    const fit = fitAmdahl(law(serial))!;
    assert.ok(Math.abs(fit.serial - serial) < 1e-9, `${fit.serial}`);
    assert.ok(fit.follows);
    assert.ok(Math.abs(speedupBy(fit, 4) - 1 / (serial + (1 - serial) / 4)) < 1e-9);
  }
  assert.equal(fitAmdahl(law(0))!.limit, null);
  assert.ok(Math.abs(fitAmdahl(law(0.25))!.limit! - 4) < 1e-9);
});

test('times that get longer with workers do not follow it', () => {
  const fit = fitAmdahl([1, 2, 4, 8].map((workers) => ({ workers, nanos: 1e9 * (1 + workers / 8) })))!;
  assert.equal(fit.serial, 1);
  assert.equal(fit.follows, false);
});

test('without one worker, or with one alone, there is no fit', () => {
  assert.equal(fitAmdahl([{ workers: 2, nanos: 1 }]), undefined);
  assert.equal(fitAmdahl([{ workers: 1, nanos: 1 }]), undefined);
});

test('the knee is where nothing later is a tenth faster', () => {
  const times = (...nanos: number[]) => nanos.map((each, i) => ({ workers: 2 ** i, nanos: each }));
  assert.equal(kneeOf(times(100, 52, 50, 49)), 2);
  assert.equal(kneeOf(times(100, 50, 25, 13)), 8);
  assert.equal(kneeOf(times(100, 120, 140, 160)), 1);
});

test('workers double up to the bound, with the cores among them', () => {
  assert.deepEqual(workerCounts(8, 2), [1, 2, 4, 8]);
  assert.deepEqual(workerCounts(12, 6), [1, 2, 4, 6, 8, 12]);
  assert.deepEqual(workerCounts(1, 2), [1]);
});
