/** Runs to look at: one as people have it, and the ones at the edges. */
import type { TraceDelta } from '../../../common/protocol';
import { chain } from './chainTrace';
import { TraceBuilder } from './traceBuilder';

const STEP = 8;

/** Threads, a loop and a pool process; half of a shop. Six seconds, as in the design's sketch. */
export function orders(): TraceBuilder {
  const t = new TraceBuilder();
  t.now = 6.1;
  const program = t.unit('process', 'orders.py', -1, 0, 6.1, { how: 'program', startedBy: -1 });
  const main = t.unit('thread', 'MainThread', program, 0.02, 6.1, { function: '<module>' });
  const worker1 = t.unit('thread', 'worker-1', program, 0.35, 5.2, {
    function: 'run',
    startedBy: main,
    site: t.site(71, 'main'),
  });
  const worker2 = t.unit('thread', 'worker-2', program, 0.4, 5.3, {
    function: 'run',
    startedBy: main,
    site: t.site(71, 'main'),
  });
  const loop = t.unit('thread', 'prices', program, 0.5, 4.4, {
    function: 'serve',
    startedBy: main,
    site: t.site(74, 'main'),
  });
  const poll = t.unit('task', 'poll-prices', loop, 0.55, 4.2, {
    function: 'poll_prices',
    startedBy: loop,
    site: t.site(90, 'serve'),
  });
  const push = t.unit('task', 'push-updates', loop, 0.62, 4.3, {
    function: 'push_updates',
    startedBy: loop,
    site: t.site(91, 'serve'),
  });
  const audit = t.unit('task', 'audit', loop, 0.66, 2.4, {
    function: 'audit',
    startedBy: loop,
    state: 'failed',
    site: t.site(92, 'serve'),
  });
  const pool = t.unit('process', 'SpawnPoolWorker-1', -1, 0.9, 5.9, {
    pid: 4131,
    how: 'spawn',
    startedBy: main,
    site: t.site(77, 'main'),
  });
  const poolMain = t.unit('thread', 'MainThread', pool, 0.95, 5.9, { pid: 4131 });
  const lock = t.object('threading.Lock', 'Cache._lock', 12);
  const queue = t.object('queue.Queue.get', 'orders', 20);
  const event = t.object('asyncio.Event.wait', 'changed', 24);
  const prices = t.object('asyncio.Queue.get', 'prices', 25);
  const tasks = t.object('multiprocessing.SimpleQueue.get', 'Pool tasks', 30);
  const site = {
    main: t.site(69, 'main'),
    run: t.site(30, 'Worker.run'),
    fetch: t.site(36, 'Worker.fetch'),
    store: t.site(58, 'Worker.store'),
    refresh: t.site(41, 'Cache.refresh'),
    price: t.site(110, 'price'),
    update: t.site(60, 'Worker.update'),
  };

  /** A stretch on a core, seen as a core's and as the thread's. */
  const runs = (core: number, unit: number, from: number, to: number, pushed = false): void => {
    t.core(core, unit, from, to, pushed ? 1 : 0);
    t.state(unit, 'running', from, to);
  };
  const waits = (
    unit: number,
    operation: Parameters<TraceBuilder['wait']>[1],
    from: number,
    to: number,
    options: Parameters<TraceBuilder['wait']>[4] = {},
  ): void => {
    t.wait(unit, operation, from, to, options);
    if (t.units[unit].kind === 'thread') t.state(unit, 'waiting', from, to);
  };

  // MainThread
  runs(0, main, 0.02, 0.33);
  t.state(main, 'blocked', 0.33, 0.7);
  runs(1, main, 0.7, 0.95);
  waits(main, 'time.sleep', 0.95, 1.3, { line: 80 });
  runs(0, main, 1.3, 1.7);
  waits(main, 'threading.Thread.join', 1.7, 5.2, { target: worker1, wokenBy: worker1, wokenAt: 5.199, line: 83 });
  runs(0, main, 5.2, 5.6);
  waits(main, 'multiprocessing.Pool.join', 5.6, 5.95, { target: pool, wokenBy: poolMain, wokenAt: 5.9, line: 85 });
  runs(0, main, 5.95, 6.1);
  t.span(main, main, 0.03, 6.05, site.main, 0);
  // worker-1
  let at = 0.35;
  runs(0, worker1, at, 0.7);
  waits(worker1, 'queue.Queue.get', 0.7, 1.7, { object: queue, wokenBy: main, wokenAt: 1.69, line: 33, wokenLine: 81 });
  runs(0, worker1, 1.7, 1.92, true);
  t.span(worker1, worker1, 1.7, 1.92, site.fetch, 1);
  waits(worker1, 'threading.Lock', 1.92, 3.02, {
    object: lock,
    heldBy: worker2,
    wokenBy: worker2,
    wokenAt: 3.018,
    line: 58,
    wokenLine: 47,
  });
  runs(0, worker1, 3.02, 3.3, true);
  t.state(worker1, 'gil', 3.3, 3.5);
  runs(1, worker1, 3.5, 3.6);
  t.span(worker1, worker1, 3.18, 3.4, site.update, 2);
  t.span(worker1, worker1, 1.92, 3.6, site.store, 1);
  t.hold(worker1, lock, 3.02, 3.55, 58, 64);
  at = 3.6;
  for (let i = 0; i < 4; i++) {
    waits(worker1, 'queue.Queue.get', at, at + 0.22, {
      object: queue,
      wokenBy: main,
      wokenAt: at + 0.219,
      line: 33,
      wokenLine: 81,
    });
    runs(i % 2, worker1, at + 0.22, at + 0.4);
    t.span(worker1, worker1, at + 0.22, at + 0.4, i % 2 ? site.fetch : site.store, 1);
    at += 0.4;
  }
  t.span(worker1, worker1, 0.36, 5.2, site.run, 0);
  // worker-2
  runs(1, worker2, 0.4, 0.6);
  waits(worker2, 'queue.Queue.get', 0.6, 2.0, { object: queue, wokenBy: main, wokenAt: 1.68, line: 33, wokenLine: 81 });
  runs(1, worker2, 2.0, 2.5, true);
  t.state(worker2, 'ready', 2.5, 2.7);
  runs(0, worker2, 2.7, 3.02);
  t.span(worker2, worker2, 2.0, 3.02, site.refresh, 1);
  t.hold(worker2, lock, 1.9, 3.018, 41, 47);
  waits(worker2, 'queue.Queue.get', 3.02, 3.1, { object: queue, line: 33 });
  runs(1, worker2, 3.1, 3.3);
  t.span(worker2, worker2, 3.1, 3.3, site.refresh, 1);
  waits(worker2, 'queue.Queue.get', 3.3, 5.3, { object: queue, wokenBy: main, wokenAt: 5.29, line: 33, wokenLine: 84 });
  t.span(worker2, worker2, 0.41, 5.3, site.run, 0);
  // The loop and its tasks
  let awake = 0.5;
  runs(1, loop, 0.6, 0.66);
  const step = (unit: number, from: number, to: number): void => {
    if (from > awake) waits(loop, 'asyncio.select', awake, from);
    if (from > 0.66) runs(1, loop, from, to);
    t.span(unit, loop, from, to, 0, 0, STEP);
    awake = to;
  };
  t.state(loop, 'waiting', 0.5, 0.6);
  awake = 0.66;
  t.span(poll, loop, 0.6, 0.62, 0, 0, STEP);
  t.span(push, loop, 0.62, 0.64, 0, 0, STEP);
  t.span(audit, loop, 0.64, 0.66, 0, 0, STEP);
  waits(audit, 'asyncio.sleep', 0.66, 2.3, { thread: loop, line: 130 });
  let last = 0.62;
  for (let i = 0; i < 8; i++) {
    const from = 1.0 + i * 0.4;
    waits(poll, i % 2 ? 'asyncio.Queue.get' : 'asyncio.sleep', last, from, {
      thread: loop,
      line: 98,
      ...(i % 2 ? { object: prices, wokenBy: push, wokenAt: from - 0.01 } : {}),
    });
    step(poll, from, from + 0.07 + (i % 3) * 0.03);
    last = from + 0.07 + (i % 3) * 0.03;
    if (i === 3) {
      step(audit, 2.3, 2.38);
    }
    if (i === 4) {
      waits(push, 'asyncio.Event.wait', 0.64, 2.72, {
        thread: loop,
        object: event,
        wokenBy: poll,
        wokenAt: 2.7,
        line: 120,
        wokenLine: 101,
      });
      step(push, 2.72, 2.86);
      waits(push, 'asyncio.Event.wait', 2.86, 3.9, {
        thread: loop,
        object: event,
        wokenBy: poll,
        wokenAt: 3.88,
        line: 120,
        wokenLine: 101,
      });
    }
  }
  step(push, 3.9, 4.0);
  // The pool's process
  runs(1, poolMain, 0.97, 1.0);
  t.state(poolMain, 'blocked', 1.0, 1.2);
  waits(poolMain, 'multiprocessing.SimpleQueue.get', 1.2, 2.35, {
    object: tasks,
    wokenBy: main,
    wokenAt: 2.34,
    line: 112,
  });
  runs(1, poolMain, 2.35, 2.9);
  t.span(poolMain, poolMain, 2.35, 2.9, site.price, 0);
  waits(poolMain, 'multiprocessing.SimpleQueue.get', 2.9, 4.6, {
    object: tasks,
    wokenBy: main,
    wokenAt: 4.59,
    line: 112,
  });
  runs(1, poolMain, 4.6, 5.1);
  t.span(poolMain, poolMain, 4.6, 5.1, site.price, 0);
  waits(poolMain, 'multiprocessing.Pool.idle', 5.1, 5.9, { line: 112 });
  for (let i = 0; i < 24; i++) {
    t.unit('thread', `connection-${i + 1}`, program, 1 + i * 0.15, 1.04 + i * 0.15, {
      function: 'handle',
      startedBy: main,
    });
  }
  return t.ended(0);
}

/** Nothing yet. */
export function starting(): TraceBuilder {
  const t = new TraceBuilder();
  t.run = { ...t.run, state: { kind: 'starting' }, python: '' };
  return t;
}

export function failedToStart(): TraceBuilder {
  const t = new TraceBuilder();
  t.run = { ...t.run, state: { kind: 'failed', text: 'orders.py, line 12: SyntaxError: expected ‘:’.' } };
  return t;
}

/** Killed while it ran, events lost, cores unknown. */
export function killed(): TraceBuilder {
  const t = orders();
  t.cores = {
    source: 'none',
    count: 2,
    reason: 'The kernel refuses switch records (perf_event_paranoid is 4) and /proc cannot be read.',
  };
  t.units[0].state = 'killed';
  t.units[1].state = 'killed';
  t.dropped = 1204;
  t.problems.push({ kind: 'dropped', text: 'The limit of 1 GB was reached: 1,204 events were not recorded.' });
  t.problems.push({ kind: 'killed', text: 'Process 4127 was killed: what its threads did last may be missing.' });
  t.problems.push({
    kind: 'cores',
    text: 'Cores are not known: the kernel refuses switch records. What does not wait counts as running.',
  });
  t.run = { ...t.run, exitCode: -9, wallNs: 6.1e9, state: { kind: 'ended', how: 'killed' } };
  const none = new TraceBuilder();
  return Object.assign(t, { coreSpans: none.coreSpans });
}

/** Names and words longer than any room for them. */
export function longNames(): TraceBuilder {
  const t = orders();
  const long = 'reconcile_outstanding_invoices_of_the_previous_fiscal_quarter_with_the_general_ledger';
  for (const unit of t.units)
    if (unit.kind !== 'process') Object.assign(unit, { name: `${unit.name}-${long}`, function: long });
  for (const object of t.objects) object.name = `AccountsReceivableReconciliationService._${long}_lock`;
  t.sites.forEach((site, i) => {
    t.sites[i] = {
      ...site,
      function: site.function && `ReconciliationService.${long}.<locals>.${site.function}`,
      file: `/very/long/${long}/${long}.py`,
    };
  });
  t.run = { ...t.run, file: `/very/long/${long}/${long}.py` };
  return t;
}

/** One thread with a million calls in four depths, on a core by turns. */
export function millionSpans(): TraceBuilder {
  const t = new TraceBuilder();
  const program = t.unit('process', 'busy.py', -1, 0, 10);
  const threads = [0, 1, 2, 3].map((i) => t.unit('thread', i === 0 ? 'MainThread' : `worker-${i}`, program, 0, 10));
  const sites = [0, 1, 2, 3].map((depth) => t.site(10 + depth, `level_${depth}`));
  const lock = t.object('threading.Lock', 'counter', 3);
  const perThread = 250_000;
  for (const thread of threads) {
    const inner = 10e9 / perThread;
    let row = 0;
    for (let i = 0; row < perThread; i++) {
      const start = i * inner;
      row += put(t, thread, start, start + inner * 0.7, sites[3], 3);
      if (i % 30 === 29) row += put(t, thread, (i - 29) * inner, start + inner * 0.8, sites[2], 2);
      if (i % 900 === 899) row += put(t, thread, (i - 899) * inner, start + inner * 0.9, sites[1], 1);
      if (i % 27_000 === 26_999) row += put(t, thread, (i - 26_999) * inner, start + inner, sites[0], 0);
    }
    for (let i = 0; i < 20_000; i++) {
      const from = i * 0.0005;
      const turn = i % 4;
      if (threads[turn] === thread) {
        t.core(0, thread, from, from + 0.00045);
        t.state(thread, 'running', from, from + 0.00045);
        t.state(thread, 'gil', from + 0.00045, from + 0.0005);
      } else if (turn % 2) t.state(thread, 'gil', from, from + 0.0005);
      else {
        t.wait(thread, 'threading.Lock', from, from + 0.0005, { object: lock, heldBy: threads[turn], line: 40 });
        t.state(thread, 'waiting', from, from + 0.0005);
      }
    }
  }
  t.now = 10;
  return t.ended(0);
}

function put(t: TraceBuilder, thread: number, start: number, end: number, site: number, depth: number): number {
  const row = t.spans.add();
  const { columns } = t.spans;
  columns.unit[row] = thread;
  columns.thread[row] = thread;
  columns.start[row] = start;
  columns.end[row] = end;
  columns.site[row] = site;
  columns.depth[row] = depth;
  return 1;
}

/** A thousand threads that live. */
export function thousandThreads(): TraceBuilder {
  const t = new TraceBuilder();
  t.now = 4;
  const program = t.unit('process', 'server.py', -1, 0);
  const lock = t.object('threading.Lock', 'pool', 3);
  const handle = t.site(20, 'handle');
  for (let i = 0; i < 1000; i++) {
    const thread = t.unit('thread', `handler-${i}`, program, 0.001 * i);
    let at = 0.001 * i;
    for (let j = 0; at < 3.5; j++) {
      const busy = 0.05 + ((i * 7 + j * 13) % 10) / 100;
      t.state(thread, 'running', at, at + busy);
      t.span(thread, thread, at, at + busy, handle);
      t.state(thread, 'waiting', at + busy, at + busy * 4);
      t.wait(thread, 'threading.Lock', at + busy, at + busy * 4, { object: lock, line: 22 });
      at += busy * 4;
    }
    t.openState(thread, 'waiting', at);
    t.openWait(thread, 'threading.Lock', at, { object: lock, heldBy: 1 + (i % 7), line: 22 });
  }
  return t;
}

/** A thread that has called a function and waits for a lock, both not over. */
export function live(): TraceBuilder {
  const t = new TraceBuilder();
  t.now = 1;
  const program = t.unit('process', 'live.py', -1, 0);
  const main = t.unit('thread', 'MainThread', program, 0);
  const worker = t.unit('thread', 'worker', program, 0.2, Number.NaN, { startedBy: main });
  const lock = t.object('threading.Lock', 'gate', 3);
  t.state(main, 'running', 0, 0.5);
  t.core(0, main, 0, 0.5);
  t.state(worker, 'running', 0.2, 0.4);
  t.core(1, worker, 0.2, 0.4);
  t.openSpans = [{ unit: main, thread: main, start: 0.1e9, site: t.site(5, 'serve'), depth: 0, flags: 0 }];
  t.openState(main, 'running', 0.5);
  t.openCoreSpans = [{ core: 0, unit: main + 1, start: 0.5e9 }];
  t.openState(worker, 'waiting', 0.4);
  t.openWait(worker, 'threading.Lock', 0.4, { object: lock, heldBy: main, line: 9 });
  return t;
}

/** The chain with advice on it. */
function advised(): TraceBuilder {
  const t = chain();
  const unit = (name: string): number => t.units.findIndex((each) => each.name === name);
  const place = { site: t.site(30, 'Cache.store', '/work/orders.py'), role: 'takes Cache._lock' };
  t.advice = {
    all: [
      {
        id: 'serialised-by-lock',
        title: 'One lock lets one run at a time',
        text: '2 threads want Cache._lock, and for 54 % of the run (5.40 s) at least one of them waited for it while another had it. That is 7 waits, 5.00 s together.',
        share: 0.54,
        certainty: 'seen',
        stretches: [
          { unit: unit('writer'), from: 2e9, to: 6e9 },
          { unit: unit('reader'), from: 2.5e9, to: 7.4e9 },
        ],
        objects: [0],
        places: [place],
        remedy:
          'Hold Cache._lock only for the lines that touch what it guards, and compute, sleep and do I/O outside of it.',
      },
      {
        id: 'false-concurrency',
        title: 'Started and waited for at once',
        text: 'MainThread started 3 threads and waited for each before it started the next.',
        share: null,
        certainty: 'likely',
        stretches: [{ unit: unit('fetcher'), from: 1e9, to: 6e9 }],
        objects: [],
        places: [],
        remedy: 'Start all threads first and join them in a second loop.',
      },
    ],
    limits: '',
  };
  return t;
}

export const TRACES: Readonly<Record<string, () => TraceBuilder>> = {
  orders,
  starting,
  failedToStart,
  killed,
  longNames,
  millionSpans,
  thousandThreads,
  live,
  chain,
  advised,
};

export type TraceName = string;

export function snapshotOf(name: TraceName): TraceDelta {
  return TRACES[name]().snapshot();
}
