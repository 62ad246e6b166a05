import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Flag, placeFlags } from '../../../../webview/notes/flags';

const flag = (time: number): Flag => ({ time, words: `at ${time}`, kind: 'mark' });

test('flags in view have a place, and as much room as there is up to the next', () => {
  const placed = placeFlags([flag(-5), flag(10), flag(60), flag(500)], { from: 0, to: 100, width: 200 });
  assert.deepEqual(
    placed.map(({ x, room, count }) => [x, room, count]),
    [
      [20, 96, 1],
      [120, 76, 1],
    ],
  );
});

test('those that stand too close are one, which says how many it is', () => {
  const flags = Array.from({ length: 1000 }, (_, i) => flag(i / 100));
  const placed = placeFlags(flags, { from: 0, to: 100, width: 100 });
  assert.ok(placed.length <= 4, `${placed.length}`);
  assert.equal(
    placed.reduce((sum, { count }) => sum + count, 0),
    1000,
  );
});
