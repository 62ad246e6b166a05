import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnAdvice, ids, repeat } from './drawn';

/** Two workers hand a lock to each other, `rounds` times in 100 ms; the one that has it works for all of that time. */
function handedOver(rounds: number, operation = 'threading.Lock'): string {
  const length = 100_000 / rounds;
  const worker = (name: string, stream: string, first: number): string =>
    repeat(rounds / 2, (i) => {
      const from = 1000 + 2 * i * length + first * length;
      const until = from + length;
      return `
        ${from - length + 2} ${stream} wait L op=${operation} holder=${name === 'A' ? 'B' : 'A'} site=prog.py:7@work
        ${from + 1} ${stream} got L op=${operation} site=prog.py:7@work
        ${until} ${stream} release L op=${operation} site=prog.py:9@work`;
    });
  return `
    1 100.0 object L op=${operation} name="Cache._lock" site=prog.py:1@main
    2 100.0 thread_create A name="a" site=prog.py:3@main
    2 100.0 thread_create B name="b" site=prog.py:3@main
    3 100.1 thread_begin A tid=101
    3 100.2 thread_begin B tid=102
    ${worker('A', '100.1', 0)}
    ${worker('B', '100.2', 1)}
    103000 100.1 thread_end A
    103000 100.2 thread_end B`;
}

test('a lock that two want all the time is told, with its share, who and where', () => {
  const [advice, ...others] = drawnAdvice(handedOver(10), 200_000);
  assert.equal(advice?.id, 'serialised-by-lock');
  assert.equal(advice.certainty, 'seen');
  assert.equal(
    advice.text,
    '2 threads want Cache._lock, and for 50 % of the run (100.0 ms) at least one of them waited for it while another had it. That is 10 waits, 100.0 ms together.',
  );
  assert.match(advice.remedy, /^Hold Cache\._lock \(prog\.py:7\) only for/);
  assert.deepEqual(
    advice.places.map(({ role }) => role),
    ['takes Cache._lock'],
  );
  assert.equal(advice.stretches.length, 10);
  assert.ok(Math.abs((advice.share ?? 0) - 0.5) < 0.01);
  assert.deepEqual(others, []);
});

test('a lock that costs a small part of the run, or was waited for a few times, is no pattern', () => {
  assert.deepEqual(ids(drawnAdvice(handedOver(10), 200_000)), ['serialised-by-lock']);
  assert.deepEqual(ids(drawnAdvice(handedOver(10), 600_000)), []);
  assert.deepEqual(ids(drawnAdvice(handedOver(2), 200_000)), []);
});

test('what is no lock does not serialise', () => {
  assert.deepEqual(ids(drawnAdvice(handedOver(10, 'threading.Semaphore'), 200_000)), []);
});
