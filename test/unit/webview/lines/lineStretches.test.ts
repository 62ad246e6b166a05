import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extentOf, longestOf, outlinesOf } from '../../../../webview/lines/lineStretches';

const stretch = (unit: number, from: number, to: number) => ({ unit, from, to, waits: false });
const laneOfUnit = (unit: number): number => (unit === 9 ? -1 : unit);
const x = (time: number): number => time;

test('stretches are outlined by lane; those that touch are one, tiny ones can be seen', () => {
  const stretches = [stretch(1, 0, 10), stretch(0, 5, 5), stretch(1, 10.5, 20), stretch(1, 40, 60), stretch(9, 0, 50)];
  assert.deepEqual(outlinesOf(stretches, laneOfUnit, x, 100, 100), [
    { lane: 0, x0: 5, x1: 8 },
    { lane: 1, x0: 0, x1: 20 },
    { lane: 1, x0: 40, x1: 60 },
  ]);
});

test('what is out of view is left out, and what goes on reaches to now', () => {
  const stretches = [stretch(0, -50, -20), stretch(0, 50, Number.NaN), stretch(0, 200, 300)];
  assert.deepEqual(outlinesOf(stretches, laneOfUnit, x, 100, 80), [{ lane: 0, x0: 50, x1: 80 }]);
  assert.deepEqual(extentOf(stretches, 80), { from: -50, to: 300 });
  assert.equal(longestOf(stretches, 80)?.from, 200);
});
