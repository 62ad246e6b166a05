import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnAdvice, ids, repeat } from './drawn';

interface Job {
  readonly worker: 1 | 2;
  readonly from: number;
  readonly to: number;
  readonly created?: number;
  readonly sleeps?: boolean;
}

/** Two workers, and jobs of them in milliseconds. */
function pool(jobs: readonly Job[]): string {
  return `
    1 100.0 thread_create A name="pool_0" site=prog.py:2@main
    1 100.0 thread_create B name="pool_1" site=prog.py:2@main
    2 100.1 thread_begin A tid=101
    2 100.2 thread_begin B tid=102
    ${repeat(jobs.length, (i) => `${(jobs[i]?.created ?? 0) * 1000 + 10 + i} 100.0 job_submit !J${i} executor=X site=prog.py:5@main`)}
    ${jobs
      .map(({ worker, from, to, sleeps }, i) => {
        const stream = `100.${worker}`;
        const wait = sleeps
          ? `${from * 1000 + 110} ${stream} wait 0 op=time.sleep\n${to * 1000 + 85} ${stream} got 0 op=time.sleep`
          : '';
        return `${from * 1000 + 100} ${stream} job_begin !J${i} name="work" site=prog.py:1@work\n${wait}\n${to * 1000 + 90} ${stream} job_end !J${i}`;
      })
      .join('\n')}`;
}

const job = (worker: 1 | 2, from: number, to: number, more: Partial<Job> = {}): Job => ({ worker, from, to, ...more });

test('a worker that goes on alone is told, with the piece that it was', () => {
  const jobs = [job(1, 0, 30), job(2, 0, 30), job(1, 30, 60), job(2, 30, 160)];
  const [advice] = drawnAdvice(pool(jobs), 170_000);
  assert.equal(advice?.id, 'uneven-work');
  assert.match(
    advice.text,
    /^Of 2 workers that shared 4 jobs \(prog\.py:5\), pool_1 went on for 100\.0 ms when all others had ended, 63 % of the 160\.0 ms that all of it took\. It was one piece, work, of 130\.0 ms\.$/,
  );
  assert.match(advice.remedy, /^Split the large piece/);
});

test('many small pieces that one worker had left are to be handed out anew', () => {
  const jobs = [job(1, 0, 40), job(2, 0, 40), job(2, 40, 80), job(2, 80, 120), job(2, 120, 160)];
  const [advice] = drawnAdvice(pool(jobs), 170_000);
  assert.match(advice?.text ?? '', /It had 3 pieces left then\.$/);
  assert.match(advice?.remedy ?? '', /^Hand out smaller pieces/);
});

test('ends that differ little, few pieces, or pieces that came late are no pattern', () => {
  assert.deepEqual(
    ids(drawnAdvice(pool([job(1, 0, 50), job(2, 0, 50), job(1, 50, 120), job(2, 50, 160)]), 170_000)),
    [],
  );
  assert.deepEqual(ids(drawnAdvice(pool([job(1, 0, 30), job(2, 0, 30), job(2, 30, 160)]), 170_000)), []);
  const late = [job(1, 0, 30), job(2, 0, 30), job(1, 30, 60), job(2, 60, 160, { created: 58 })];
  assert.deepEqual(ids(drawnAdvice(pool(late), 170_000)), []);
});

const sleeping = (sleeps: boolean, count = 12): Job[] =>
  Array.from({ length: count }, (_, i) => {
    const from = Math.floor(i / 2) * 20;
    return job(i % 2 === 0 ? 1 : 2, from, from + 20, { sleeps });
  });

test('jobs that queue for workers which sleep are told', () => {
  const [advice] = drawnAdvice(pool(sleeping(true)), 130_000);
  assert.equal(advice?.id, 'pool-exhausted');
  assert.match(
    advice.text,
    /^12 jobs \(prog\.py:5\) queued for 50\.1 ms in the mean until one of 2 workers was free, for 77 % of the run\. The workers spent 100 % of their jobs waiting/,
  );
});

test('workers that work, and few jobs, are no pattern', () => {
  assert.deepEqual(ids(drawnAdvice(pool(sleeping(false)), 130_000)), []);
  assert.deepEqual(ids(drawnAdvice(pool(sleeping(true, 6)), 130_000)), []);
});
