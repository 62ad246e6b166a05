import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnAdvice, ids, repeat } from './drawn';

function timeouts(count: number, each: number): string {
  return repeat(count, (i) => {
    const from = 1000 + i * each;
    return `
      ${from} 100.0 wait E op=threading.Event.wait flags=1 site=prog.py:5@watch
      ${from + each - 10} 100.0 got E op=threading.Event.wait outcome=timeout`;
  });
}

const event = '1 100.0 object E op=threading.Event.wait name="done"\n';

test('a wait that times out again and again is told', () => {
  const [advice] = drawnAdvice(event + timeouts(20, 5000), 110_000);
  assert.equal(advice?.id, 'busy-waiting');
  assert.match(
    advice.text,
    /^MainThread waited in threading\.Event\.wait for done \(prog\.py:5\) 20 times until a short time-out, 5\.0 ms in the mean\. It did so for 91 % of the run/,
  );
});

test('few time-outs, long ones, or a small part of the run are no pattern', () => {
  assert.deepEqual(ids(drawnAdvice(event + timeouts(19, 5000), 110_000)), []);
  assert.deepEqual(ids(drawnAdvice(event + timeouts(20, 60_000), 1_300_000)), []);
  assert.deepEqual(ids(drawnAdvice(event + timeouts(20, 5000), 600_000)), []);
});

/** One puts, and waits for room each time; another one gets, and waits before each when `starves`. */
function puts(count: number, starves = false): string {
  return `
    1 100.0 object Q op=queue.Queue.get name="jobs"
    2 100.0 thread_create C name="consumer"
    3 100.1 thread_begin C tid=101
    ${repeat(count, (i) => {
      const from = 1000 + i * 10_000;
      return `
        ${from} 100.0 wait Q op=queue.Queue.put site=prog.py:9@main
        ${from + 9900} 100.0 got Q op=queue.Queue.put
        ${starves ? `${from + 10} 100.1 wait Q op=queue.Queue.get site=prog.py:3@work\n${from + 8000} 100.1 got Q op=queue.Queue.get` : ''}`;
    })}`;
}

test('a queue that is full most of the time is told', () => {
  const [advice] = drawnAdvice(puts(10), 110_000);
  assert.equal(advice?.id, 'queue-fills');
  assert.match(
    advice.text,
    /^1 thread waited 10 times to put into jobs, since it was full: for 90 % of the run \(99\.0 ms\)\. Nobody ever waited to get from it/,
  );
  assert.deepEqual(
    advice.places.map(({ role }) => role),
    ['puts into jobs'],
  );
});

test('a queue for which both sides wait, or that is full for a part only, is no pattern', () => {
  assert.deepEqual(ids(drawnAdvice(puts(10, true), 110_000)), []);
  assert.deepEqual(ids(drawnAdvice(puts(10), 300_000)), []);
  assert.deepEqual(ids(drawnAdvice(puts(4), 60_000)), []);
});

/** Consumers that wait for each of `items` for 10 ms, and have 1 ms to do. */
function starving(consumers: number, items: number, waits = 9800): string {
  return `
    1 100.0 object Q op=queue.Queue.get name="jobs"
    ${repeat(
      consumers,
      (c) => `
      2 100.0 thread_create C${c} name="consumer-${c}"
      3 100.${c + 1} thread_begin C${c} tid=${101 + c}
      ${repeat(
        items,
        (i) => `
        ${1000 + i * 10_000} 100.${c + 1} wait Q op=queue.Queue.get site=prog.py:3@work
        ${1000 + i * 10_000 + waits} 100.${c + 1} got Q op=queue.Queue.get`,
      )}
      ${1000 + items * 10_000} 100.${c + 1} thread_end C${c}`,
    )}`;
}

test('consumers of which all wait nearly all of the time are told, as likely', () => {
  const [advice] = drawnAdvice(starving(2, 10), 110_000);
  assert.equal(advice?.id, 'queue-starves');
  assert.equal(advice.certainty, 'likely');
  assert.match(
    advice.text,
    /^2 threads got from jobs and waited for it 20 times, for 97 % of their lives\. For 89 % of/,
  );
});

test('one consumer, consumers that work, or a few gets are no pattern', () => {
  assert.deepEqual(ids(drawnAdvice(starving(1, 10), 110_000)), []);
  assert.deepEqual(ids(drawnAdvice(starving(2, 10, 7000), 110_000)), []);
  assert.deepEqual(ids(drawnAdvice(starving(2, 4), 50_000)), []);
});
