import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildLanes, type Lane } from '../../../../webview/lanes';
import { layout } from '../../../../webview/layout';
import { describeHold, describeObject, figuresOf } from '../../../../webview/objects/describeObject';
import type { ObjectSort } from '../../../../webview/objects/objectUse';
import { Store } from '../../../../webview/store';
import { chain } from '../../../webview/support/chainTrace';
import { TraceBuilder } from '../../../webview/support/traceBuilder';
import { live } from '../../../webview/support/traces';

function storeOf(builder: TraceBuilder): Store {
  const store = new Store();
  store.apply(builder.snapshot());
  return store;
}

function lanesOf(store: Store, objectSort: ObjectSort = 'waiting', open = true): readonly Lane[] {
  return buildLanes(store, { toggled: new Map([['objects', open]]), kept: new Set(), objectSort });
}

const objectNames = (store: Store, sort?: ObjectSort): string[] =>
  lanesOf(store, sort)
    .filter(({ kind }) => kind === 'object')
    .map(({ name }) => name);

const wordsOf = (store: Store, object: number): string[] =>
  (describeObject(store, object, store.now)?.facts ?? []).map(
    ({ name, parts }) =>
      `${name}: ${parts.map((part) => (typeof part === 'string' ? part : `[${part.text}]`)).join('')}`,
  );

describe('lanes of objects', () => {
  it('stand below all others, closed until they are opened', () => {
    const store = storeOf(chain());
    assert.equal(lanesOf(store, 'waiting', false).at(-1)?.kind, 'objects');
    assert.equal(lanesOf(storeOf(new TraceBuilder())).length, 0);
  });

  it('are sorted by the waiting that they caused, by name or by first use', () => {
    const store = storeOf(chain());
    assert.deepEqual(objectNames(store), ['Cache._lock', 'Log._file', 'orders']);
    assert.deepEqual(objectNames(store, 'name'), ['Cache._lock', 'Log._file', 'orders']);
    assert.deepEqual(objectNames(store, 'first use'), ['Log._file', 'Cache._lock', 'orders']);
  });

  it('are two hundred at most, and the rest is one', () => {
    const t = new TraceBuilder();
    t.now = 1;
    const main = t.unit('thread', 'main', -1, 0, 1);
    for (let i = 0; i < 1250; i++) t.hold(main, t.object('threading.Lock', `lock-${i}`, 3), 0, 1, 4, 5);
    const lanes = lanesOf(storeOf(t));
    assert.equal(lanes.filter(({ kind }) => kind === 'object').length, 200);
    assert.equal(lanes.at(-1)?.name, '1,050 more objects');
  });

  it('take in what comes later, and forget it with the run', () => {
    const t = chain();
    const store = storeOf(t);
    assert.equal(objectNames(store).length, 3);
    t.hold(1, t.object('threading.Lock', 'late', 3), 9.1, 9.2, 4, 5);
    store.apply(t.delta());
    assert.ok(objectNames(store).includes('late'));
    store.apply(new TraceBuilder().snapshot());
    assert.deepEqual(objectNames(store), []);
  });
});

describe('bars of objects', () => {
  it('show who held it and how many waited, as many as pixels at most', () => {
    const store = storeOf(chain());
    const lanes = lanesOf(store);
    const bars = (name: string) => {
      const index = lanes.findIndex((lane) => lane.name === name);
      const view = { from: 0, to: 10e9, width: 1000 };
      return layout({ store, lanes, first: index, last: index + 1, view, now: store.now, characterWidth: 6 });
    };
    const [writer, reader, waiting, ...rest] = bars('Cache._lock');
    assert.deepEqual([writer.text, reader.text, rest.length], ['writer', 'reader', 0]);
    assert.deepEqual([writer.x0, writer.x1, waiting.form, waiting.x0, waiting.x1], [150, 740, 'waiting', 250, 750]);
    const [items] = bars('orders');
    assert.deepEqual(
      [items.form, items.source, Math.max(...(items.shares ?? []))],
      ['running', { kind: 'object', object: 2 }, 1],
    );
  });
});

describe('figures of objects', () => {
  it('are told in words, each name a link', () => {
    const store = storeOf(chain());
    assert.deepEqual(wordsOf(store, 0), [
      'kind: threading.Lock, made at [orders.py:12]',
      'held: 2 times, 7.20 s in all (72 % of the run), longest 5.90 s by [writer]',
      'waited for: 1 time, 5.00 s in all, longest 5.00 s by [reader]; at most 1 at once (2.500 s)',
      'by whom: [reader] 5.00 s',
    ]);
    const hold = describeHold(store, { kind: 'hold', object: 0, unit: 3, start: 1.5e9 }, store.now);
    assert.equal(hold?.title, 'writer held Cache._lock');
    assert.match(JSON.stringify(hold?.facts), /others waited for it for 4\.90 s together/);
  });

  it('of a queue say how full it was, and how that is known', () => {
    const t = chain();
    assert.match(wordsOf(storeOf(t), 2).join(), /items: at most 7 at 4\.800 s, derived from puts and gets/);
    t.depth(3, 0.1, -1);
    assert.match(wordsOf(storeOf(t), 2).join(), /at most 7 at .*at least 1 item must have been there before/);
    t.run = { ...t.run, race: false };
    assert.match(
      wordsOf(storeOf(t), 2).join(),
      /items: not known: gets that did not wait are recorded in race mode only/,
    );
  });

  it('count waits that go on', () => {
    const store = storeOf(live());
    assert.equal(figuresOf(store, 0, store.now).mostWaiting, 1);
    assert.match(wordsOf(store, 0).join(), /what still goes on is not in the figures/);
  });
});
