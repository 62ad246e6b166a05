import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { criticalPath } from '../../../../common/analysis/criticalPath';
import { criticalShares } from '../../../../common/analysis/criticalShares';
import { Store } from '../../../../webview/store';
import { TraceBuilder } from '../../../webview/support/traceBuilder';
import { TRACES } from '../../../webview/support/traces';

const STEP = 8;
const JOB = 16;

function tablesOf(builder: TraceBuilder): Store {
  const store = new Store();
  store.apply(builder.snapshot());
  return store;
}

/** `worker 1.0-2.0 running [lock]`: who, seconds, how, and what the stretch is a wait for. */
function pathOf(builder: TraceBuilder): string[] {
  const tables = tablesOf(builder);
  return criticalPath(tables).segments.map(({ unit, from, to, kind, object }) => {
    const thing = object > 0 ? ` [${tables.objects[object - 1].name}]` : '';
    return `${tables.units[unit].name} ${(from / 1e9).toFixed(1)}-${(to / 1e9).toFixed(1)} ${kind}${thing}`;
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

function worker(t: TraceBuilder, name: string, process: number, start: number, end: number, startedBy: number): number {
  return t.unit('thread', name, process, start, end, { startedBy, created: start * 1e9 });
}

describe('the critical path', () => {
  it('is on the one thread of a program that has no other', () => {
    const { t, main } = program(3);
    t.state(main, 'running', 0, 1);
    t.state(main, 'waiting', 1, 2);
    t.wait(main, 'time.sleep', 1, 2);
    t.state(main, 'running', 2, 3);
    assert.deepEqual(pathOf(t), ['main 0.0-1.0 running', 'main 1.0-2.0 waiting', 'main 2.0-3.0 running']);
  });

  it('goes through a join to the one that was joined, and by its start back', () => {
    const { t, process, main } = program(6);
    const a = worker(t, 'a', process, 1, 5, main);
    t.state(main, 'running', 0, 2);
    t.wait(main, 'threading.Thread.join', 2, 5.1, { target: a, wokenBy: a, wokenAt: 5 });
    t.state(main, 'waiting', 2, 5.1);
    t.state(main, 'running', 5.1, 6);
    t.state(a, 'running', 1, 5);
    assert.deepEqual(pathOf(t), [
      'main 0.0-1.0 running',
      'a 1.0-5.0 running',
      'main 5.0-5.1 woken',
      'main 5.1-6.0 running',
    ]);
  });

  it('goes over to the holder of a lock, whose time is a wait for the lock', () => {
    const { t, process, main } = program(6);
    const a = worker(t, 'a', process, 0.5, 5, main);
    const b = worker(t, 'b', process, 0.5, 4, main);
    const lock = t.object('threading.Lock', 'lock', 3);
    t.state(main, 'running', 0, 1);
    t.wait(main, 'threading.Thread.join', 1, 5, { target: a, wokenBy: a, wokenAt: 5 });
    t.state(main, 'running', 5, 6);
    t.state(a, 'running', 0.5, 2);
    t.wait(a, 'threading.Lock', 2, 4, { object: lock, heldBy: b, wokenBy: b, wokenAt: 3.9 });
    t.state(a, 'running', 4, 5);
    t.state(b, 'running', 0.5, 4);
    assert.deepEqual(pathOf(t), [
      'main 0.0-0.5 running',
      'b 0.5-2.0 running',
      'b 2.0-3.9 running [lock]',
      'a 3.9-4.0 woken [lock]',
      'a 4.0-5.0 running',
      'main 5.0-6.0 running',
    ]);
    const tables = tablesOf(t);
    const shares = criticalShares(tables, criticalPath(tables));
    assert.equal(shares.whole, 6e9);
    assert.deepEqual(
      shares.objects.map(({ key, nanos }) => [tables.objects[key].name, Math.round(nanos / 1e8) / 10]),
      [['lock', 2]],
    );
  });

  it('counts a moment for one object: the one that was handed on first after it', () => {
    const { t, process, main } = program(10);
    const a = worker(t, 'a', process, 0, 9, main);
    const b = worker(t, 'b', process, 0, 8, main);
    const outer = t.object('threading.Lock', 'outer', 3);
    const inner = t.object('threading.Lock', 'inner', 4);
    t.state(main, 'running', 0, 1);
    t.wait(main, 'threading.Lock', 1, 9, { object: outer, heldBy: a, wokenBy: a, wokenAt: 9 });
    t.state(main, 'running', 9, 10);
    t.state(a, 'running', 0, 3);
    t.wait(a, 'threading.Lock', 3, 6, { object: inner, heldBy: b, wokenBy: b, wokenAt: 6 });
    t.state(a, 'running', 6, 9);
    t.state(b, 'running', 0, 8);
    assert.deepEqual(pathOf(t).slice(-4), [
      'b 1.0-3.0 running [outer]',
      'b 3.0-6.0 running [inner]',
      'a 6.0-9.0 running [outer]',
      'main 9.0-10.0 running',
    ]);
  });

  it('goes through tasks: steps, awaits and who resumed them', () => {
    const { t, main } = program(6);
    const first = t.unit('task', 'first', main, 1, 5, { startedBy: main, created: 0.9e9 });
    const second = t.unit('task', 'second', main, 2, 4, { startedBy: first, created: 1.9e9 });
    t.state(main, 'running', 0, 6);
    t.span(first, main, 1, 2, 0, 0, STEP);
    t.span(second, main, 2, 2.5, 0, 0, STEP);
    t.wait(second, 'asyncio.sleep', 2.5, 3.5, { thread: main });
    t.span(second, main, 3.5, 4, 0, 0, STEP);
    t.wait(first, 'asyncio.Task', 2, 4.1, { thread: main, target: second, wokenBy: second, wokenAt: 4 });
    t.span(first, main, 4.1, 5, 0, 0, STEP);
    assert.deepEqual(pathOf(t), [
      'main 0.0-0.9 running',
      'first 0.9-1.0 starting',
      'first 1.0-1.9 running',
      'second 1.9-2.0 starting',
      'second 2.0-2.5 running',
      'second 2.5-3.5 waiting',
      'second 3.5-4.0 running',
      'first 4.0-4.1 woken',
      'first 4.1-5.0 running',
      'main 5.0-6.0 running',
    ]);
  });

  it('goes from an idle worker to the one that handed in its job', () => {
    const { t, process, main } = program(6);
    const pool = worker(t, 'pool', process, 1, 5.5, main);
    const job = t.unit('job', 'job', pool, 3.1, 5, { startedBy: main, created: 3e9 });
    t.state(main, 'running', 0, 4);
    t.wait(main, 'concurrent.futures.Future.result', 4, 5, { target: job, wokenBy: pool, wokenAt: 5 });
    t.state(main, 'running', 5, 6);
    t.wait(pool, 'concurrent.futures.ThreadPoolExecutor.idle', 1.5, 3.1);
    t.state(pool, 'running', 3.1, 5.5);
    t.span(job, pool, 3.1, 5, 0, 0, JOB);
    assert.deepEqual(pathOf(t), [
      'main 0.0-3.0 running',
      'pool 3.0-3.1 woken',
      'pool 3.1-5.0 running',
      'main 5.0-6.0 running',
    ]);
  });

  it('goes into processes and to those that started them', () => {
    const { t, main } = program(6);
    const child = t.unit('process', 'child', -1, 2, 5, { startedBy: main, created: 1e9 });
    const childMain = t.unit('thread', 'child main', child, 2.1, 4.9, { startedBy: -1, created: 2.1e9 });
    t.state(main, 'running', 0, 1.5);
    t.wait(main, 'multiprocessing.Process.join', 1.5, 5.1, { target: child, wokenBy: child, wokenAt: 5 });
    t.state(main, 'running', 5.1, 6);
    t.state(childMain, 'running', 2.1, 4.9);
    assert.deepEqual(pathOf(t), [
      'main 0.0-1.0 running',
      'child main 1.0-2.1 starting',
      'child main 2.1-4.9 running',
      'child 4.9-5.0 unrecorded',
      'main 5.0-5.1 woken',
      'main 5.1-6.0 running',
    ]);
  });

  it('stays with a wait whose end came before it or after', () => {
    const { t, process, main } = program(4);
    const a = worker(t, 'a', process, 0, 4, main);
    const lock = t.object('threading.Lock', 'lock', 3);
    t.wait(main, 'threading.Lock', 1, 2, { object: lock, wokenBy: a, wokenAt: 0.5 });
    t.state(main, 'running', 0, 1);
    t.state(main, 'running', 2, 4);
    assert.deepEqual(pathOf(t), ['main 0.0-1.0 running', 'main 1.0-2.0 waiting [lock]', 'main 2.0-4.0 running']);
  });

  it('ends in damaged traces, where two waits ended each other or units started each other', () => {
    const { t, process, main } = program(4);
    const a = t.unit('thread', 'a', process, 1, 4, { startedBy: 3, created: 1e9 });
    t.unit('thread', 'b', process, 1, 4, { startedBy: a, created: 1e9 });
    const lock = t.object('threading.Lock', 'lock', 3);
    t.wait(main, 'threading.Lock', 0.5, 4, { object: lock, wokenBy: a, wokenAt: 3 });
    t.wait(a, 'threading.Lock', 1, 3, { object: lock, wokenBy: main, wokenAt: 3 });
    assert.equal(criticalPath(tablesOf(t)).isWhole, false);
    assert.equal(criticalPath(tablesOf(new TraceBuilder())).segments.length, 0);
  });

  it('has no gap and no overlap, and is as long as the run', () => {
    for (const name of ['orders', 'killed', 'thousandThreads', 'live']) {
      const tables = tablesOf(TRACES[name]());
      const { segments } = criticalPath(tables);
      for (let i = 1; i < segments.length; i++) assert.equal(segments[i].from, segments[i - 1].to, name);
      assert.equal(segments.at(-1)?.to, tables.now, name);
    }
  });

  it('takes a moment for a million spans', () => {
    const tables = tablesOf(TRACES.millionSpans());
    const begun = performance.now();
    const path = criticalPath(tables);
    const { whole, functions } = criticalShares(tables, path);
    assert.ok(performance.now() - begun < 5000);
    assert.equal(whole, 10e9);
    assert.ok(functions.length > 0);
  });
});

describe('shares of functions', () => {
  it('are their own time, without that of the calls in them', () => {
    const { t, main } = program(4);
    t.state(main, 'running', 0, 4);
    const [outer, inner] = [t.site(5, 'outer'), t.site(9, 'inner')];
    t.span(main, main, 1, 2, inner, 1);
    t.span(main, main, 0.5, 3.5, outer, 0);
    const tables = tablesOf(t);
    const shares = criticalShares(tables, criticalPath(tables)).functions;
    assert.deepEqual(
      shares.map(({ key, nanos }) => [tables.sites[key].function, nanos]),
      [
        ['outer', 2e9],
        ['inner', 1e9],
      ],
    );
  });
});
