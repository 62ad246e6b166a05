import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StepCurve } from '../../../../common/analysis/stepCurve';

test('levels, means, the most and the least', () => {
  const curve = new StepCurve(Float64Array.of(10, 0, 5), Float64Array.of(20, 10, 15));
  assert.deepEqual(
    [-1, 0, 4, 5, 10, 15, 20].map((time) => curve.at(time)),
    [0, 1, 1, 2, 2, 1, 0],
  );
  assert.deepEqual(
    [curve.mean(0, 10), curve.mean(5, 20), curve.mean(-10, 30), curve.mean(30, 40)],
    [1.5, 25 / 15, 0.75, 0],
  );
  assert.deepEqual([curve.most, curve.mostAt, curve.least], [2, 5, 0]);
});

test('more that went than came', () => {
  const curve = new StepCurve(Float64Array.of(10), Float64Array.of(5, 12));
  assert.deepEqual([curve.most, curve.least, curve.at(6), curve.at(11), curve.at(13)], [0, -1, -1, 0, -1]);
});

test('nothing', () => {
  const curve = new StepCurve(new Float64Array(0), new Float64Array(0));
  assert.deepEqual([curve.at(5), curve.mean(0, 10), curve.most], [0, 0, 0]);
});
