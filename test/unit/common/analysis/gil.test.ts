import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gilFigures } from '../../../../common/analysis/gil';
import { gilSentences, standingAt, standingWords } from '../../../../webview/objects/bandWords';
import { Store } from '../../../../webview/store';
import { TraceBuilder } from '../../../webview/support/traceBuilder';

function storeOf(change: (t: TraceBuilder) => void = () => {}): Store {
  const t = new TraceBuilder();
  t.now = 10;
  const processes = [0, 1].map((i) => t.unit('process', `p${i}`, -1, 0, 10));
  const [a, b, c] = [0, 0, 1].map((home, i) => t.unit('thread', `t${i}`, processes[home], 0, 10));
  t.state(a, 'running', 0, 4);
  t.state(b, 'gil', 0, 3);
  t.state(b, 'running', 3, 6);
  t.state(a, 'gil', 4, 6);
  t.state(c, 'running', 0, 2);
  t.state(c, 'ready', 2, 3);
  change(t);
  const store = new Store();
  store.apply(t.snapshot());
  return store;
}

test('wanted by whom and how long, and how much ran alone, in each interpreter by itself', () => {
  assert.deepEqual(gilFigures(storeOf()), { wanted: 5e9, threads: 2, interpreters: 2, ran: 8e9, alone: 7e9 });
});

test('of a moment it is told who is on a core and who wants what', () => {
  const at = (seconds: number): string => standingWords(standingAt(storeOf(), seconds * 1e9), true);
  assert.equal(at(1), '2 on a core, 1 more wants the GIL');
  assert.equal(at(2.5), '1 on a core, 1 more wants the GIL, 1 wants a core');
  assert.equal(at(3), '2 on a core');
  assert.equal(at(9), '');
  assert.equal(standingWords({ running: 1, ready: 2, gil: 0 }, true), '1 on a core, 2 more want a core');
});

test('the sentences say how it is known', () => {
  const sentences = (change?: (t: TraceBuilder) => void): string => {
    const store = storeOf(change);
    return gilSentences(store, gilFigures(store)).join(' ');
  };
  assert.match(
    sentences(),
    /^GIL: wanted for 5\.00 s by 2 threads\. One thread at a time was on a core for 88 % of the time in which any was \(8\.00 s\)\. Each of 2 interpreters .* exact.* concluded/,
  );
  const cores = (source: 'sampled' | 'none') => (t: TraceBuilder) =>
    Object.assign(t, { cores: { ...t.cores, source } });
  assert.match(sentences(cores('sampled')), /from samples/);
  assert.match(sentences(cores('none')), /not known/);
  assert.match(
    sentences((t) => Object.assign(t, { run: { ...t.run, gil: false } })),
    /without a GIL/,
  );
});
