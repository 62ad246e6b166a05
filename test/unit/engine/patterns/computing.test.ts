import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnAdvice, ids, repeat } from './drawn';

/** Threads that wait for nothing. */
function threads(count: number, until: number, meanwhile = ''): string {
  const begun = repeat(
    count,
    (i) => `
      ${2 + i} 100.0 thread_create T${i} name="worker-${i}" site=prog.py:5@main
      ${20 + i} 100.${i + 1} thread_begin T${i} tid=${101 + i}`,
  );
  return `${begun}\n${meanwhile}\n${repeat(count, (i) => `${until} 100.${i + 1} thread_end T${i}`)}`;
}

/** They take turns of 5 ms on core 0. */
function turns(count: number, rounds: number, off: string): string {
  const started = repeat(count, (i) => `${25 + i} 0 100/${101 + i} on\n${25 + i} 0 100/${101 + i} ${off}`);
  const taken = repeat(rounds, (round) => {
    const who = `100/${101 + (round % count)}`;
    return `${100 + round * 5000} 0 ${who} on\n${100 + round * 5000 + 4990} 0 ${who} ${off}`;
  });
  return `${started}\n${taken}`;
}

test('threads that take turns, off their cores without a wait, want the GIL; that is told as likely', () => {
  const cores = { drawing: turns(2, 40, 'off'), count: 2 };
  const [advice] = drawnAdvice(threads(2, 201_000), 210_000, cores);
  assert.equal(advice?.id, 'gil-threads');
  assert.equal(advice.certainty, 'likely');
  assert.match(
    advice.text,
    /^2 threads computed for [\d.]+ ms together and wanted the GIL for [\d.]+ ms: for 9\d % of/,
  );
});

test('where it is not known who was on a core, nothing is told of the GIL', () => {
  assert.deepEqual(ids(drawnAdvice(threads(2, 201_000), 210_000)), []);
});

test('one thread that computes, or a small part of the run, is no pattern', () => {
  assert.deepEqual(ids(drawnAdvice(threads(1, 201_000), 210_000, { drawing: turns(1, 40, 'off'), count: 2 })), []);
  assert.deepEqual(ids(drawnAdvice(threads(2, 201_000), 2_000_000, { drawing: turns(2, 40, 'off'), count: 2 })), []);
});

test('threads that are pushed off the only core want one; with as many cores there is no pattern', () => {
  const drawing = turns(3, 80, 'preempted');
  const [advice] = drawnAdvice(threads(3, 401_000), 410_000, { drawing, count: 1 });
  assert.equal(advice?.id, 'oversubscription');
  assert.equal(advice.share, null);
  assert.match(advice.text, /far more threads wanted a core than the 1 core that there are: 3 threads in 1 process\./);
  assert.deepEqual(ids(drawnAdvice(threads(3, 401_000), 410_000, { drawing, count: 2 })), []);
});

/** Four threads that hand a lock to each other every 0.2 ms. */
function convoy(rounds: number, hold: number): string {
  const got = repeat(rounds, (i) => {
    const stream = `100.${(i % 4) + 1}`;
    const at = 1000 + i * hold;
    return `
      ${Math.max(60, at - 3 * hold + 5)} ${stream} wait L op=threading.Lock site=prog.py:8@work
      ${at + 2} ${stream} got L op=threading.Lock site=prog.py:8@work
      ${at + hold - 10} ${stream} release L op=threading.Lock`;
  });
  return `1 100.0 object L op=threading.Lock name="totals_lock"\n${threads(4, 1500 + rounds * hold, got)}`;
}

test('many short holds with a queue are a convoy, few long ones are not', () => {
  const [advice, ...others] = drawnAdvice(convoy(400, 200), 90_000);
  assert.equal(advice?.id, 'lock-convoy');
  assert.match(
    advice.text,
    /^totals_lock was taken 400 times and held for [\d.]+ µs in the mean, but 4 threads waited/,
  );
  assert.deepEqual(others, []);
  assert.deepEqual(ids(drawnAdvice(convoy(40, 2000), 90_000)), ['serialised-by-lock']);
});
