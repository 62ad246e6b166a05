import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameMeant, MarkedRows } from '../../../../webview/markedRows';
import { find } from '../../../../webview/search/found';
import { foundWords } from '../../../../webview/search/foundWords';
import { matchColumns } from '../../../../webview/search/paintMatches';
import { type MatchPlace, stepTo } from '../../../../webview/search/places';
import { Store } from '../../../../webview/store';
import { hasAll, wordsOf } from '../../../../webview/textWords';
import { TraceBuilder } from '../../../webview/support/traceBuilder';
import { orders } from '../../../webview/support/traces';

function storeOf(builder: TraceBuilder): Store {
  const store = new Store();
  store.apply(builder.snapshot());
  return store;
}

function search(store: Store, text: string) {
  const found = find(store, wordsOf(text));
  const marked = new MarkedRows(store, found);
  while (!marked.advance(7));
  return { store, found, marked };
}

/** All places from one end to the other, as `kind unit seconds`. */
function walk({ store, found }: ReturnType<typeof search>, direction: 1 | -1): string[] {
  const seen: string[] = [];
  let from: MatchPlace | number = direction * -1e18;
  for (;;) {
    const step = stepTo(store, found, from, direction, (unit) => unit);
    if (!step || step.wrapped) return seen;
    const { selection } = step.place;
    const unit = 'unit' in selection ? store.units[selection.unit].name : '';
    seen.push(`${step.number}/${step.all} ${selection.kind} ${unit} ${(step.place.time / 1e9).toFixed(2)}`);
    from = step.place;
  }
}

test('all words count, in any order, in small letters and large', () => {
  assert.deepEqual(wordsOf('  Cache REFRESH '), ['cache', 'refresh']);
  assert.ok(hasAll('Cache.refresh()', ['refresh', 'cache']));
  assert.ok(!hasAll('Cache.refresh()', ['refresh', 'worker']));
});

test('what was found is counted by kind', () => {
  const store = storeOf(orders());
  const words = (text: string): string => {
    const { found, marked } = search(store, text);
    return foundWords(store, found, marked);
  };
  assert.equal(words('worker.fetch'), '3 calls of 1 function');
  assert.equal(words('refresh cache'), '2 calls of 1 function');
  assert.equal(words('_lock'), '1 lock · 1 wait for them');
  assert.equal(words('no such thing'), 'nothing found');
  assert.match(words('worker'), /^\d+ calls of 4 functions · 2 threads( · 1 process)?/);
});

test('while rows are still to be looked at it says so', () => {
  const store = storeOf(orders());
  const found = find(store, ['run']);
  const marked = new MarkedRows(store, found);
  marked.advance(1);
  assert.match(foundWords(store, found, marked), /counting…$/);
});

test('places follow each other in the order of time, in both directions', () => {
  const matches = search(storeOf(orders()), 'fetch');
  const forth = walk(matches, 1);
  assert.deepEqual(forth, ['1/3 span worker-1 1.70', '2/3 span worker-1 4.22', '3/3 span worker-1 5.02']);
  assert.deepEqual(walk(matches, -1), [...forth].reverse());
  const { store, found } = matches;
  const first = stepTo(store, found, 6e9, 1, () => 0);
  assert.deepEqual([first?.wrapped, first?.number, first?.place.time], [true, 1, 1.7e9]);
  const last = stepTo(store, found, 0, -1, () => 0);
  assert.deepEqual([last?.wrapped, last?.number], [true, 3]);
  assert.equal(
    stepTo(store, find(store, ['nothing']), 0, 1, () => 0),
    undefined,
  );
});

test('what has no time comes last, by lane', () => {
  const t = new TraceBuilder();
  t.now = 2;
  const program = t.unit('process', 'p', -1, 0, 2);
  t.unit('thread', 'job-a', program, Number.NaN);
  t.unit('thread', 'job-b', program, Number.NaN);
  t.unit('thread', 'job-c', program, 1);
  const store = storeOf(t);
  const found = find(store, ['job']);
  const order: string[] = [];
  let from: MatchPlace | number = 0;
  for (let i = 0; i < 3; i++) {
    const step = stepTo(store, found, from, 1, (unit) => -unit);
    if (!step) break;
    const { selection } = step.place;
    order.push(selection.kind === 'unit' ? store.units[selection.unit].name : '');
    from = step.place;
  }
  assert.deepEqual(order, ['job-c', 'job-b', 'job-a']);
});

test('an object for which nobody waited is found where it was held', () => {
  const t = new TraceBuilder();
  t.now = 2;
  const program = t.unit('process', 'p', -1, 0, 2);
  const main = t.unit('thread', 'MainThread', program, 0, 2);
  const lock = t.object('threading.Lock', 'quiet', 3);
  t.hold(main, lock, 1, 1.5, 4, 5);
  const store = storeOf(t);
  assert.equal(stepTo(store, find(store, ['quiet']), 0, 1, () => 0)?.place.time, 1e9);
});

test('marks go into columns of the minimap where they begin', () => {
  const store = storeOf(orders());
  const columns = matchColumns(search(store, 'fetch'), 61, 6.1e9);
  assert.deepEqual(
    [...columns.keys()].filter((i) => columns[i]),
    [17, 42, 50],
  );
});

test('the same is meant when only what is not meant has come', () => {
  const t = orders();
  const store = storeOf(t);
  const before = find(store, ['fetch']);
  t.site(500, 'other');
  store.apply(t.delta());
  assert.ok(isSameMeant(before, find(store, ['fetch'])));
  t.site(501, 'fetch_more');
  store.apply(t.delta());
  assert.ok(!isSameMeant(before, find(store, ['fetch'])));
});
