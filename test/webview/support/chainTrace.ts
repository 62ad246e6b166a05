/** Three workers that keep each other waiting, and a queue: what led to what is known of each wait. */
import { TraceBuilder } from './traceBuilder';

export function chain(): TraceBuilder {
  const t = new TraceBuilder();
  t.now = 10;
  const program = t.unit('process', 'chain.py', -1, 0, 10, { startedBy: -1 });
  const main = t.unit('thread', 'MainThread', program, 0, 10, { startedBy: -1 });
  const started = { startedBy: main, created: 0.5e9 };
  const [reader, writer, fetcher] = ['reader', 'writer', 'fetcher'].map((name, i) =>
    t.unit('thread', name, program, 0.6 + i / 10, 9 - i / 2, started),
  );
  const cache = t.object('threading.Lock', 'Cache._lock', 12);
  const file = t.object('threading.Lock', 'Log._file', 14);
  const orders = t.object('queue.Queue.get', 'orders', 16);
  t.run = { ...t.run, race: true };
  // Eight items come one after the other and go again.
  for (let i = 0; i < 8; i++) {
    t.depth(orders, 3 + i * 0.3, 1);
    t.depth(orders, 5 + i * 0.4, -1);
  }
  const runs = (unit: number, core: number, from: number, to: number): void => {
    t.state(unit, 'running', from, to);
    t.core(core, unit, from, to);
  };
  const waits = (unit: number, ...wait: Parameters<TraceBuilder['wait']> extends [number, ...infer R] ? R : never) => {
    t.wait(unit, ...wait);
    t.state(unit, 'waiting', wait[1], wait[2]);
  };
  runs(main, 0, 0, 1);
  waits(main, 'threading.Thread.join', 1, 9.02, { target: reader, wokenBy: reader, wokenAt: 9, line: 90 });
  runs(main, 0, 9.02, 10);
  runs(fetcher, 1, 0.8, 6);
  runs(fetcher, 1, 6, 8);
  t.hold(fetcher, file, 1, 5.9, 40, 52);
  t.span(fetcher, fetcher, 1, 6, t.site(47, 'fetch', '/work/orders.py'));
  runs(writer, 0, 1, 2);
  t.hold(writer, cache, 1.5, 7.4, 30, 36);
  waits(writer, 'threading.Lock', 2, 6, {
    object: file,
    heldBy: fetcher,
    wokenBy: fetcher,
    wokenAt: 5.9,
    line: 33,
    wokenLine: 52,
  });
  runs(writer, 0, 6, 8.5);
  t.span(writer, writer, 1, 8, t.site(28, 'write', '/work/orders.py'));
  runs(reader, 0, 0.6, 1);
  t.state(reader, 'gil', 1, 1.5);
  waits(reader, 'queue.Queue.get', 1.5, 2, { object: orders, line: 20 });
  t.state(reader, 'gil', 2, 2.5, 1);
  waits(reader, 'threading.Lock', 2.5, 7.5, {
    object: cache,
    heldBy: writer,
    wokenBy: writer,
    wokenAt: 7.4,
    line: 22,
    wokenLine: 36,
  });
  runs(reader, 1, 7.5, 9);
  t.hold(reader, cache, 7.5, 8.8, 22, 24);
  return t.ended(0);
}
