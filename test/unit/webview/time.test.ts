import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunClock } from '../../../webview/runClock';
import { TimeWindow } from '../../../webview/timeWindow';

const calm = (): boolean => true;

test('the clock goes on between messages, and never back for one that was delayed', () => {
  const clock = new RunClock();
  clock.received(1e9, true, 1000);
  assert.equal(clock.now(1e9, true, 1500), 1.5e9);
  clock.received(1.4e9, true, 1600);
  assert.equal(clock.now(1.4e9, true, 1600), 1.6e9, 'this message took 200 ms longer than the first');
  clock.received(2.5e9, true, 2000);
  assert.equal(clock.now(2.5e9, true, 2000), 2.5e9, 'this one came faster');
  assert.equal(clock.now(2.2e9, false, 9000), 2.2e9, 'a run that is over stands still');
});

test('following shows all of a short run, the last ten seconds of a long one', () => {
  const time = new TimeWindow(calm);
  time.follow();
  time.advance(0.1e9, 0);
  assert.deepEqual([time.from, time.to], [0, 0.5e9]);
  time.advance(4e9, 0);
  assert.deepEqual([time.from, time.to], [0, 4e9]);
  time.advance(25e9, 0);
  assert.deepEqual([time.from, time.to], [15e9, 25e9]);
});

test('zooming keeps the time at the pointer, and never loses the run', () => {
  const time = new TimeWindow(calm);
  time.advance(10e9, 0);
  time.showAll(10e9);
  time.zoom(2e9, 2);
  assert.deepEqual([time.from, time.to], [1e9, 6e9]);
  for (let i = 0; i < 100; i++) time.zoom(2e9, 3);
  assert.ok(time.length >= 200 && time.from <= 2e9 && time.to >= 2e9);
  for (let i = 0; i < 100; i++) time.zoom(2e9, 1 / 3);
  assert.ok(time.length <= 12.5e9 + 1);
  for (let i = 0; i < 100; i++) time.pan(0.7);
  assert.ok(time.from < 10e9, 'something of the run is always seen');
  for (let i = 0; i < 100; i++) time.pan(-0.7);
  assert.ok(time.to > 0);
});

test('the end of the run shows all, unless the user chose what is shown', () => {
  const untouched = new TimeWindow(calm);
  untouched.follow();
  untouched.advance(30e9, 0);
  untouched.settle(31e9);
  assert.deepEqual([untouched.from, untouched.to], [0, 31e9]);
  const chosen = new TimeWindow(calm);
  chosen.advance(30e9, 0);
  chosen.set(3e9, 4e9);
  chosen.follow();
  chosen.advance(30e9, 0);
  chosen.settle(31e9);
  assert.deepEqual([chosen.from, chosen.to], [29e9, 30e9]);
});
