import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { causeOf, chainOf } from '../../../../webview/causality/causes';
import { chainFacts } from '../../../../webview/causality/chainWords';
import { findWait, type Wait } from '../../../../webview/selection';
import { Store } from '../../../../webview/store';
import { TraceBuilder } from '../../../webview/support/traceBuilder';
import { orders } from '../../../webview/support/traces';

function storeOf(builder: TraceBuilder): Store {
  const store = new Store();
  store.apply(builder.snapshot());
  return store;
}

function waitAt(store: Store, unit: number, seconds: number): Wait {
  return findWait(store, unit, seconds * 1e9) as Wait;
}

/** `a` waits for a lock that `b` holds, `b` for one that `c` holds, `c` runs. */
function three(): { t: TraceBuilder; a: number; b: number; c: number } {
  const t = new TraceBuilder();
  t.now = 10;
  const process = t.unit('process', 'prog.py', -1, 0, 10, { startedBy: -1 });
  const [a, b, c] = ['a', 'b', 'c'].map((name) => t.unit('thread', name, process, 0, 10, { startedBy: -1 }));
  const outer = t.object('threading.Lock', 'outer', 3);
  const inner = t.object('threading.Lock', 'inner', 4);
  t.wait(b, 'threading.Lock', 2, 6, { object: inner, heldBy: c, wokenBy: c, wokenAt: 5.9, line: 20 });
  t.wait(a, 'threading.Lock', 1, 7, { object: outer, heldBy: b, wokenBy: b, wokenAt: 6.9, line: 10 });
  t.span(c, c, 0, 10, t.site(47, 'fetch'), 0);
  t.state(b, 'running', 6, 10);
  return { t, a, b, c };
}

const wordsOf = (store: Store, wait: Wait): string[] =>
  chainFacts(store, wait, store.now).map(({ parts }) =>
    parts.map((part) => (typeof part === 'string' ? part : `[${part.text}]`)).join(''),
  );

describe('the chain of holders', () => {
  it('leads to the one that did not wait', () => {
    const { t, a, b, c } = three();
    const store = storeOf(t);
    const chain = chainOf(store, waitAt(store, a, 1), store.now);
    assert.deepEqual([chain.links.map(({ wait }) => wait.unit), chain.root, chain.isCircle], [[a, b], c, false]);
    assert.deepEqual(wordsOf(store, waitAt(store, a, 1)), [
      '[b], which itself waited for 4.00 s of it for inner ([orders.py:20]) held by [c], which ran fetch() at [orders.py:47]',
    ]);
  });

  it('ends where they wait for each other', () => {
    const t = new TraceBuilder();
    t.now = 10;
    const process = t.unit('process', 'prog.py', -1, 0);
    const [a, b] = ['a', 'b'].map((name) => t.unit('thread', name, process, 0));
    t.openWait(a, 'threading.Lock', 1, { object: t.object('threading.Lock', 'one', 3), heldBy: b });
    t.openWait(b, 'threading.Lock', 2, { object: t.object('threading.Lock', 'two', 4), heldBy: a });
    const store = storeOf(t);
    const chain = chainOf(store, waitAt(store, a, 1), store.now);
    assert.deepEqual([chain.links.length, chain.root, chain.isCircle], [2, a, true]);
    assert.match(wordsOf(store, waitAt(store, a, 1)).at(-1) ?? '', /a circle$/);
  });

  it('says nothing more where the holder did not wait', () => {
    const store = storeOf(orders());
    const worker1 = store.units.findIndex(({ name }) => name === 'worker-1');
    assert.deepEqual(wordsOf(store, waitAt(store, worker1, 1.92)), []);
  });
});

describe('the cause', () => {
  it('of a wait is what the one did that ended it', () => {
    const { t, a, b } = three();
    const store = storeOf(t);
    const cause = causeOf(store, { kind: 'wait', unit: a, start: 1e9 }, store.now)?.selection;
    assert.deepEqual(cause, { kind: 'state', unit: b, state: 0, from: 6e9, to: 10e9, derived: false });
  });

  it('of what ran is the wait before it, and so on back', () => {
    const { t, b, c } = three();
    const store = storeOf(t);
    const ran = { kind: 'state', unit: b, state: 0, from: 6e9, to: 10e9, derived: false } as const;
    const wait = causeOf(store, ran, store.now)?.selection;
    assert.deepEqual(wait, { kind: 'wait', unit: b, start: 2e9 });
    assert.deepEqual(wait && causeOf(store, wait, store.now)?.selection, {
      kind: 'span',
      unit: c,
      thread: c,
      depth: 0,
      start: 0,
    });
  });

  it('of a unit is the one that started it', () => {
    const store = storeOf(orders());
    const [main, worker] = ['MainThread', 'worker-1'].map((name) =>
      store.units.findIndex((unit) => unit.name === name),
    );
    const cause = causeOf(store, { kind: 'unit', unit: worker }, store.now)?.selection;
    assert.equal(cause?.kind === 'span' && cause.unit, main);
  });

  it('of a wait that nobody ended is not known', () => {
    const store = storeOf(orders());
    const main = store.units.findIndex(({ name }) => name === 'MainThread');
    assert.equal(causeOf(store, { kind: 'wait', unit: main, start: 0.95e9 }, store.now), undefined);
  });
});
