import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe } from '../../../webview/describe';
import { loadOf } from '../../../webview/load';
import { findWait, selectionAt } from '../../../webview/selection';
import { Store } from '../../../webview/store';
import { mostWaitedObjects, stateSentence, summarize } from '../../../webview/summary';
import type { TraceBuilder } from '../../webview/support/traceBuilder';
import { failedToStart, killed, live, orders, starting } from '../../webview/support/traces';

function storeOf(builder: TraceBuilder): Store {
  const store = new Store();
  store.apply(builder.snapshot());
  return store;
}

/** A description as lines of text. */
function words(store: Store, unit: number, seconds: number): string[] {
  const description = describe(store, selectionAt(store, unit, seconds * 1e9), store.now);
  assert.ok(description);
  const lines = description.facts.map(
    (fact) =>
      `${fact.name}: ${fact.parts.map((part) => (typeof part === 'string' ? part : `[${part.text}]`)).join('')}`,
  );
  return [description.title, ...lines];
}

test('many deltas are the same as one snapshot', () => {
  const whole = storeOf(orders());
  const piece = orders();
  const parts = new Store();
  parts.apply({
    ...piece.snapshot(),
    spans: { from: 0, length: 0, columns: {} },
    waits: { from: 0, length: 0, columns: {} },
    holds: { from: 0, length: 0, columns: {} },
    coreSpans: { from: 0, length: 0, columns: {} },
    states: { from: 0, length: 0, columns: {} },
  });
  for (const table of ['spans', 'waits', 'holds', 'coreSpans', 'states'] as const) {
    for (let from = 0; from < piece[table].length; from += 7) {
      const to = Math.min(from + 7, piece[table].length);
      const all = piece[table].slice(from);
      const columns = Object.fromEntries(
        Object.entries(all.columns).map(([name, buffer]) => [
          name,
          buffer.slice(0, (buffer.byteLength / all.length) * (to - from)),
        ]),
      );
      const empty = (name: 'spans' | 'waits' | 'holds' | 'coreSpans' | 'states') => ({
        from: parts[name].length,
        length: 0,
        columns: {},
      });
      parts.apply({
        ...piece.delta(),
        units: [],
        sites: [],
        objects: [],
        spans: empty('spans'),
        waits: empty('waits'),
        holds: empty('holds'),
        coreSpans: empty('coreSpans'),
        states: empty('states'),
        [table]: { from, length: to - from, columns },
      });
    }
  }
  assert.equal(parts.unitWaits.length, whole.unitWaits.length);
  for (const [unit, track] of whole.unitWaits.entries()) {
    assert.deepEqual(parts.unitWaits[unit]?.rows.slice(0, track?.length ?? 0), track?.rows.slice(0, track.length));
  }
  assert.deepEqual(words(parts, 2, 2.5), words(whole, 2, 2.5));
  assert.deepEqual(summarize(parts, parts.now), summarize(whole, whole.now));
});

test('a gap is refused, a snapshot heals it', () => {
  const builder = orders();
  const store = storeOf(builder);
  const delta = builder.delta();
  assert.throws(() => store.apply({ ...delta, spans: { ...delta.spans, from: store.spans.length + 5 } }), RangeError);
  store.apply(builder.snapshot());
  assert.equal(store.spans.length, builder.spans.length);
});

test('a wait in words: for what, who held it, who ended it and where', () => {
  assert.deepEqual(words(storeOf(orders()), 2, 2.5), [
    'worker-1 waited for Cache._lock',
    'for: 1.10 s (1.92 s → 3.02 s)',
    'kind: threading.Lock, made at [orders.py:12]',
    'held by: [worker-2] in Worker.run(), since 1.900 s, taken at [orders.py:41]',
    'ended by: [worker-2] at [orders.py:47], went on 2.00 ms later',
    'where: [orders.py:58]',
    'in: [Worker.store()] ← [Worker.run()]',
  ]);
});

test('a call in words, and a wait that goes on', () => {
  const store = storeOf(live());
  assert.deepEqual(words(store, 1, 0.7).slice(0, 3), [
    'serve() on MainThread',
    'for: 900 ms so far (since 100 ms)',
    'function: serve [live.py:5]'.replace('live.py', 'orders.py'),
  ]);
  assert.deepEqual(words(store, 2, 0.7).slice(0, 2), ['worker waits for gate', 'for: 600 ms so far (since 400 ms)']);
});

test('a selected wait that ends is the same wait', () => {
  const builder = live();
  const store = storeOf(builder);
  assert.ok(Number.isNaN(findWait(store, 2, 0.4e9)?.end));
  builder.openWaits = [];
  builder.openStates = [];
  builder.wait(2, 'threading.Lock', 0.4, 1.2, { object: 1, heldBy: 1, wokenBy: 1 });
  store.apply(builder.delta());
  assert.equal(findWait(store, 2, 0.4e9)?.end, 1.2e9);
});

test('the run in one line', () => {
  const { figures, mostWaited } = summarize(storeOf(orders()), 6.1e9);
  assert.deepEqual(
    figures.map((figure) => `${figure.value} ${figure.words}`),
    ['6.10 s wall', '6.63 s CPU', '1.1 of 2 cores busy', '69 % of thread time waits'],
  );
  assert.equal(mostWaited?.name, 'orders');
  const objects = mostWaitedObjects(storeOf(orders()), 10);
  assert.deepEqual(
    objects.map((object) => object.nanos),
    objects.map((object) => object.nanos).toSorted((a, b) => b - a),
  );
});

test('each way in which a run can stand has its sentence', () => {
  assert.match(stateSentence(storeOf(starting())).text, /Python starts/);
  assert.match(stateSentence(storeOf(failedToStart())).text, /did not start.*SyntaxError/);
  assert.match(stateSentence(storeOf(killed())).text, /killed by signal 9/);
  assert.equal(stateSentence(storeOf(orders())).text, '');
  const stopped = orders().ended(1, 'stopped');
  assert.match(stateSentence(storeOf(stopped)).text, /You stopped/);
  assert.match(stateSentence(storeOf(orders().ended(3))).text, /status 3/);
});

test('how much ran at once adds up to how much ran', () => {
  const store = storeOf(orders());
  let whole = 0;
  for (const states of store.unitStates) whole += states?.[0]?.total ?? 0;
  for (const parts of [1, 7, 100, 1000]) {
    const load = loadOf(store, 0, 6.1e9, parts, store.now);
    const sum = load.running.reduce((total, value) => total + value, 0) * (6.1e9 / parts);
    assert.ok(Math.abs(sum - whole) < whole * 1e-5, `${parts}: ${sum} for ${whole}`);
  }
});
