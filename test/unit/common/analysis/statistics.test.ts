import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Distribution } from '../../../../common/analysis/distribution';
import { type Range, type Statistics, statistics } from '../../../../common/analysis/statistics';
import { THREAD_STATES } from '../../../../common/trace';
import { Store } from '../../../../webview/store';
import { TraceBuilder } from '../../../webview/support/traceBuilder';

const SECOND = 1e9;
const STEP = 8;
const RESUMED = 2;
const SUSPENDED = 4;
const CUT_OFF = 32;

function of(builder: TraceBuilder, range: Range = { from: 0, to: builder.now }): Statistics {
  const store = new Store();
  store.apply(builder.snapshot());
  const work = statistics(store, { from: range.from * SECOND, to: range.to * SECOND });
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    assert.ok(step.value >= 0 && step.value <= 1, `${step.value} is a share`);
  }
}

/** `name count total own min max` in seconds. */
function functionsOf(builder: TraceBuilder, range?: Range): string[] {
  return of(builder, range).functions.map(({ site, count, total, own, durations }) => {
    const seconds = [total, own, durations.min, durations.max].map((nanos) => (nanos / SECOND).toFixed(1));
    return [builder.sites[site - 1].function, count, ...seconds].join(' ');
  });
}

/** A program with its main thread, which ends at `now`. */
function program(now: number): { t: TraceBuilder; process: number; main: number } {
  const t = new TraceBuilder();
  t.now = now;
  const process = t.unit('process', 'prog.py', -1, 0, now, { startedBy: -1 });
  const main = t.unit('thread', 'main', process, 0, now, { startedBy: -1 });
  return { t, process, main };
}

describe('statistics of functions', () => {
  it('tell own time without the calls inside', () => {
    const { t, main } = program(10);
    t.span(main, main, 1, 2, t.site(5, 'inner'), 1);
    t.span(main, main, 3, 5, t.site(5, 'inner'), 1);
    t.span(main, main, 0, 8, t.site(1, 'outer'));
    assert.deepEqual(functionsOf(t), ['outer 1 8.0 5.0 8.0 8.0', 'inner 2 3.0 3.0 1.0 2.0']);
  });

  it('count only what lies in the range, and durations of whole calls', () => {
    const { t, main } = program(10);
    t.span(main, main, 1, 2, t.site(5, 'inner'), 1);
    t.span(main, main, 3, 5, t.site(5, 'inner'), 1);
    t.span(main, main, 0, 8, t.site(1, 'outer'));
    assert.deepEqual(functionsOf(t, { from: 4, to: 6 }), ['outer 1 2.0 1.0 8.0 8.0', 'inner 1 1.0 1.0 2.0 2.0']);
    assert.deepEqual(functionsOf(t, { from: 8.5, to: 9 }), []);
  });

  it('count the time of a function that calls itself once', () => {
    const { t, main } = program(10);
    t.span(main, main, 2, 3, t.site(5, 'again'), 2);
    t.span(main, main, 1, 4, t.site(5, 'again'), 1);
    t.span(main, main, 0, 6, t.site(5, 'again'));
    assert.deepEqual(functionsOf(t), ['again 3 6.0 6.0 1.0 6.0']);
  });

  it('take the steps of tasks off the function that runs the loop', () => {
    const { t, main } = program(10);
    const task = t.unit('task', 'task', main, 0, 9);
    t.span(task, main, 1, 2, t.site(9, 'work'), 1, SUSPENDED);
    t.span(task, main, 1, 2.5, 0, 0, STEP);
    t.span(task, main, 4, 6, t.site(9, 'work'), 1, RESUMED);
    t.span(task, main, 4, 6, 0, 0, STEP);
    t.span(main, main, 0, 8, t.site(1, 'run'));
    assert.deepEqual(functionsOf(t), ['run 1 8.0 4.5 8.0 8.0', 'work 2 3.0 3.0 1.0 2.0']);
    assert.ok(of(t).functions[1]?.isSuspended);
    const unit = of(t).units.find((candidate) => candidate.unit === task);
    assert.equal(unit?.count, 2);
    assert.equal(unit?.total, 3.5 * SECOND);
  });

  it('count what goes on or was cut off, without a duration', () => {
    const { t, main } = program(10);
    t.span(main, main, 1, 3, t.site(5, 'inner'), 1, CUT_OFF);
    t.openSpans = [{ unit: main, thread: main, start: 0, site: t.site(1, 'outer'), depth: 0, flags: 0 }];
    const [outer, inner] = of(t).functions;
    assert.deepEqual([outer?.total, outer?.own, outer?.count], [10 * SECOND, 8 * SECOND, 1]);
    assert.deepEqual([outer?.unfinished, outer?.durations.count, outer?.longest], [1, 0, -1]);
    assert.deepEqual([inner?.unfinished, inner?.durations.count, inner?.total], [1, 0, 2 * SECOND]);
  });
});

describe('statistics of a range', () => {
  function two(): TraceBuilder {
    const { t, process, main } = program(10);
    const other = t.unit('thread', 'other', process, 0, 10);
    t.state(main, 'running', 0, 4);
    t.state(main, 'waiting', 4, 10);
    t.wait(main, 'threading.Lock', 4, 10, { object: t.object('threading.Lock', 'lock', 3) });
    t.state(other, 'running', 2, 3);
    t.state(other, 'gil', 3, 5, 1);
    t.state(other, 'running', 5, 6);
    t.core(0, main, 0, 4);
    t.core(1, other, 2, 3);
    t.core(1, other, 5, 6);
    return t;
  }

  it('tell how threads stood, and which part of that is concluded', () => {
    const { standing, onCores } = of(two(), { from: 1, to: 8 });
    const seconds = (values: Float64Array): number[] => Array.from(values, (value) => value / SECOND);
    assert.deepEqual(Object.fromEntries(THREAD_STATES.map((state, i) => [state, seconds(standing.nanos)[i]])), {
      running: 5,
      ready: 0,
      gil: 2,
      blocked: 0,
      waiting: 4,
    });
    assert.deepEqual(seconds(standing.derived), [0, 0, 2, 0, 0]);
    assert.equal(onCores, 5 * SECOND);
  });

  it('tell for how long how many ran at once', () => {
    const { concurrency } = of(two(), { from: 1, to: 8 });
    assert.deepEqual(
      concurrency.nanos.map((nanos) => nanos / SECOND),
      [3, 3, 1],
    );
    assert.equal(concurrency.mean, 5 / 7);
    assert.deepEqual(of(two(), { from: 7, to: 9 }).concurrency, { nanos: [2 * SECOND], mean: 0 });
  });

  it('tell the same as counting moment by moment, for many threads', () => {
    const { t, process } = program(100);
    const running = new Array<number>(100).fill(0);
    for (let i = 0; i < 17; i++) {
      const unit = t.unit('thread', `worker-${i}`, process, 0, 100);
      for (let from = i % 5; from < 95; from += 3 + (i % 4)) {
        t.state(unit, 'running', from, from + 2);
        running[from]++;
        running[from + 1]++;
      }
    }
    const expected: number[] = [];
    for (const count of running) expected[count] = (expected[count] ?? 0) + 1;
    const { nanos } = of(t).concurrency;
    assert.deepEqual(
      nanos.map((value) => Math.round(value / SECOND)),
      Array.from(expected, (value) => value ?? 0),
    );
  });

  it('tell what was waited for, the most first', () => {
    const { t, main } = program(10);
    const lock = t.object('threading.Lock', 'lock', 3);
    t.wait(main, 'threading.Lock', 0, 1, { object: lock });
    t.wait(main, 'time.sleep', 1, 2);
    t.wait(main, 'threading.Lock', 5, 9, { object: lock });
    t.openWait(main, 'threading.Lock', 9.5, { object: lock });
    const [first, second] = of(t).waits;
    assert.deepEqual([first?.object, first?.count, first?.unfinished, first?.total], [lock, 3, 1, 5.5 * SECOND]);
    assert.equal(first?.longest, 2);
    assert.deepEqual([second?.object, second?.total], [0, SECOND]);
  });

  it('is empty for an empty trace', () => {
    const { functions, units, waits, onCores } = of(new TraceBuilder(), { from: 0, to: 1 });
    assert.deepEqual([functions, units, waits, onCores], [[], [], [], 0]);
  });
});

describe('a distribution', () => {
  const quantiles = (values: readonly number[]): Distribution => {
    const distribution = new Distribution();
    for (const value of values) distribution.add(value);
    return distribution;
  };

  it('is exact for few values', () => {
    const few = quantiles([5, 1, 4, 2, 3]);
    assert.deepEqual([few.quantile(0.5), few.quantile(0.95), few.min, few.max, few.isExact], [3, 5, 1, 5, true]);
    assert.ok(Number.isNaN(new Distribution().quantile(0.5)));
  });

  it('is right to 2.2 % for many', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => 100 * 1.001 ** i);
    const many = quantiles(values);
    assert.equal(many.isExact, false);
    for (const share of [0.01, 0.5, 0.95, 0.999]) {
      const exact = values[Math.ceil(share * values.length) - 1];
      assert.ok(Math.abs(many.quantile(share) / exact - 1) < 0.0222, `${share}: ${many.quantile(share)} for ${exact}`);
    }
    assert.equal(
      many.histogram(8).reduce((sum, count) => sum + count, 0),
      values.length,
    );
  });
});
