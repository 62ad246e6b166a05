import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PathSegment } from '../../../../common/analysis/criticalPath';
import { pathInView } from '../../../../webview/causality/pathInView';

const segment = (from: number, to: number): PathSegment => {
  return { unit: 0, from, to, kind: 'running', wait: 0, object: 0 };
};

test('all that is wider than a pixel and in view', () => {
  const path = [segment(0, 10), segment(10, 30), segment(30, 60), segment(60, 100)];
  assert.deepEqual(
    pathInView(path, 10, 60, 1).map(({ from }) => from),
    [10, 30],
  );
  assert.deepEqual(pathInView(path, 200, 300, 1), []);
  assert.deepEqual(pathInView([], 0, 100, 1), []);
});

test('of what is narrower no more than one for each pixel', () => {
  const path = Array.from({ length: 100_000 }, (_, i) => segment(i, i + 1));
  const seen = pathInView(path, 0, 100_000, 100);
  assert.equal(seen.length, 1000);
  assert.ok(seen.every(({ from }, i) => from === i * 100));
});
