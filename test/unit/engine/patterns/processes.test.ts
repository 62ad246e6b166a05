import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnAdvice, ids, repeat } from './drawn';

/** A process with one worker, which does `count` jobs of `length` microseconds, one every millisecond. */
function jobs(count: number, length: number): string {
  return `
    ${repeat(count, (i) => `${1000 + i} 100.0 job_submit !J${i} executor=X site=prog.py:9@main`)}
    500 200.0 process_begin C how=fork parent=100
    500 200.0 thread_begin CM tid=200 flags=1
    ${repeat(
      count,
      (i) => `
      ${2000 + i * 1000} 200.0 job_begin !J${i} name="square" site=prog.py:1@square
      ${2000 + i * 1000 + length} 200.0 job_end !J${i}`,
    )}`;
}

test('many tiny jobs in another process are told, as likely', () => {
  const [advice] = drawnAdvice(jobs(100, 50), 110_000);
  assert.equal(advice?.id, 'chatty-processes');
  assert.equal(advice.certainty, 'likely');
  assert.match(
    advice.text,
    /^100 jobs \(prog\.py:9\) ran for 50\.0 µs in the mean in 1 process, yet one was done only every 1\.0 ms: the processes ran them for 5 % of the time\./,
  );
});

test('jobs that fill the time, few of them, or a small part of the run are no pattern', () => {
  assert.deepEqual(ids(drawnAdvice(jobs(100, 500), 110_000)), []);
  assert.deepEqual(ids(drawnAdvice(jobs(99, 50), 110_000)), []);
  assert.deepEqual(ids(drawnAdvice(jobs(100, 50), 900_000)), []);
});

/** Processes that are made at once, begin a function after `startUp` and end it after `work` milliseconds more. */
function processes(count: number, startUp: number, work: number): string {
  return `
    ${repeat(count, (i) => `${1000 + i} 100.0 process_create P${i} pid=${200 + i} site=prog.py:9@main`)}
    ${repeat(
      count,
      (i) => `
      2000 ${200 + i}.0 process_begin Q how=spawn parent=100
      2000 ${200 + i}.0 thread_begin M tid=${200 + i} flags=1
      ${startUp * 1000} ${200 + i}.0 enter 0 site=prog.py:1@square
      ${(startUp + work) * 1000} ${200 + i}.0 leave 0 site=prog.py:1@square
      ${(startUp + work) * 1000 + 100} ${200 + i}.0 process_end Q`,
    )}`;
}

test('processes that start for longer than they work are told', () => {
  const [advice, ...others] = drawnAdvice(processes(2, 150, 10), 200_000);
  assert.equal(advice?.id, 'tiny-process-work');
  assert.match(
    advice.text,
    /^2 processes \(prog\.py:9\) took 149\.0 ms each in the mean from spawn to the first of your functions, and then ran your functions for 10\.0 ms\. For 7\d % of the run/,
  );
  assert.deepEqual(others, []);
});

test('one process, longer work, a short start, or a small part of the run are no pattern', () => {
  assert.deepEqual(ids(drawnAdvice(processes(1, 150, 10), 200_000)), []);
  assert.deepEqual(ids(drawnAdvice(processes(2, 150, 100), 300_000)), []);
  assert.deepEqual(ids(drawnAdvice(processes(2, 50, 10), 100_000)), []);
  assert.deepEqual(ids(drawnAdvice(processes(2, 150, 10), 900_000)), []);
});
