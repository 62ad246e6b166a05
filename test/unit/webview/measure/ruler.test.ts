import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bar } from '../../../../webview/bars';
import { nextRuler, snapped } from '../../../../webview/measure/ruler';

const bar = (x0: number, x1: number, count = 1): Bar => ({ x0, x1, count }) as Bar;

describe('the ruler', () => {
  it('has one end, two, and none again', () => {
    const one = nextRuler({}, 5);
    assert.deepEqual(one, { from: 5 });
    const two = nextRuler(one, 9);
    assert.deepEqual(two, { from: 5, to: 9 });
    assert.deepEqual(nextRuler(two, 11), {});
  });

  it('is drawn to the nearest edge within six pixels', () => {
    const bars = [bar(10, 50), bar(54, 90)];
    assert.equal(snapped(bars, 13), 10);
    assert.equal(snapped(bars, 51), 50);
    assert.equal(snapped(bars, 53), 54);
    assert.equal(snapped(bars, 30), 30);
    assert.equal(snapped([bar(10, 50, 7)], 11), 11);
  });
});
