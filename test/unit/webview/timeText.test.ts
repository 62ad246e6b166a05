import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationText, shareText, tickFormat, timeText } from '../../../webview/timeText';

test('durations in the unit that needs fewest digits', () => {
  const cases: [number, string][] = [
    [0, '0 ns'],
    [920, '920 ns'],
    [3200, '3.20 µs'],
    [999_600, '1.00 ms'],
    [48_200_000, '48.2 ms'],
    [482e6, '482 ms'],
    [1.1e9, '1.10 s'],
    [61e9, '61.0 s'],
    [125e9, '2 min 05 s'],
    [7260e9, '2 h 01 min'],
    [Number.NaN, 'unknown'],
  ];
  for (const [nanos, text] of cases) assert.equal(durationText(nanos), text);
});

test('times are as exact as a pixel', () => {
  assert.equal(timeText(1.9234567e9, 1e7), '1.92 s');
  assert.equal(timeText(1.9234567e9, 1e4), '1.92346 s');
  assert.equal(timeText(0, 1), '0 s');
  assert.equal(timeText(410e6, 1e6), '410 ms');
});

test('ticks have equally many digits, and a base where they would have too many', () => {
  const seconds = tickFormat(0, 6e9, 0.5e9);
  assert.deepEqual([0, 0.5e9, 6e9].map(seconds.format), ['0.0 s', '0.5 s', '6.0 s']);
  assert.equal(seconds.base, 0);
  const close = tickFormat(1.9204e9, 1.9206e9, 2e4);
  assert.equal(close.base, 1.9204e9);
  assert.deepEqual([1.9204e9, 1.92042e9].map(close.format), ['+0 µs', '+20 µs']);
});

test('small shares are not nothing', () => {
  assert.deepEqual([0, 0.001, 0.005, 0.57, 1, Number.NaN].map(shareText), [
    '0 %',
    '< 1 %',
    '1 %',
    '57 %',
    '100 %',
    '0 %',
  ]);
});
