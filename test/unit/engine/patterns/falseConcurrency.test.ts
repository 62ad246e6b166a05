import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnAdvice, ids, repeat } from './drawn';

/** Threads of 20 ms, one every 20 ms; each is joined `later` threads after it was started. */
function threads(count: number, { later = 0, lasts = 19_900 } = {}): string {
  const started = repeat(count, (i) => {
    const from = 1000 + i * 20_000;
    return `
      ${from} 100.0 thread_create T${i} name="t${i}" site=prog.py:5@main
      ${from + 10} 100.${i + 1} thread_begin T${i} tid=${101 + i}
      ${from + lasts} 100.${i + 1} thread_end T${i}
      ${later === 0 ? `${from + 11} 100.0 wait T${i} op=threading.Thread.join site=prog.py:6@main\n${from + lasts + 1} 100.0 got T${i} op=threading.Thread.join` : ''}`;
  });
  const joined = repeat(later === 0 ? 0 : count, (i) => {
    const at = 1000 + count * 20_000 + i;
    return `${at} 100.0 wait T${i} op=threading.Thread.join\n${at} 100.0 got T${i} op=threading.Thread.join`;
  });
  return `${started}\n${joined}`;
}

test('threads that are started and joined one by one are told', () => {
  const [advice, ...others] = drawnAdvice(threads(3), 62_000);
  assert.equal(advice?.id, 'false-concurrency');
  assert.equal(
    advice.text,
    'MainThread started 3 threads (prog.py:5) and waited for each before it started the next, so no two of them ever ran at the same time. It waited for them for 59.7 ms, 96 % of the run.',
  );
  assert.deepEqual(
    advice.places.map(({ role }) => role),
    ['waits for each', 'starts the next'],
  );
  assert.match(advice.remedy, /^Start all threads first and join them in a second loop/);
  assert.deepEqual(others, []);
});

test('two of them, or three that take little of the run, are no pattern', () => {
  assert.deepEqual(ids(drawnAdvice(threads(2), 62_000)), []);
  assert.deepEqual(ids(drawnAdvice(threads(3), 600_000)), []);
});

test('threads that overlap, or that are joined when all of them have run, are no pattern', () => {
  assert.deepEqual(ids(drawnAdvice(threads(3, { lasts: 30_000 }), 100_000)), []);
  assert.deepEqual(ids(drawnAdvice(threads(3, { later: 1 }), 62_000)), []);
});
