import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bar } from '../../../webview/bars';
import { blocksOf } from '../../../webview/columns';

const bar = (shares: number[], more: Partial<Bar> = {}): Bar => ({
  form: 'running',
  lane: 0,
  x0: 10.3,
  x1: 10.3 + shares.length * 2,
  top: 0,
  height: 16,
  colour: 3,
  count: 9,
  source: { kind: 'unit', unit: 0 },
  text: '',
  textFrom: 0,
  textWidth: 0,
  shares: Float32Array.from(shares),
  ...more,
});

test('neighbours of one height are one block, on whole pixels; empty ones part them', () => {
  assert.deepEqual(blocksOf(bar([0.5, 0.51, 1, 0, 1]), 1), [
    { from: 10, to: 14, height: 8, colour: 3 },
    { from: 14, to: 16, height: 16, colour: 3 },
    { from: 18, to: 20, height: 16, colour: 3 },
  ]);
});

test('each colour has a block, and finer screens finer ones', () => {
  const columnColours = Int8Array.from([1, 1, 2]);
  assert.deepEqual(blocksOf(bar([0.01, 0.01, 0.01], { columnColours }), 2), [
    { from: 10.5, to: 14.5, height: 1.5, colour: 1 },
    { from: 14.5, to: 16.5, height: 1.5, colour: 2 },
  ]);
});
