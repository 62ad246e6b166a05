import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallsByFile, sitesIn } from '../../../../webview/filter/callsByFile';
import {
  durationOf,
  type FilterState,
  filterWords,
  NO_FILTER,
  restoredFilter,
  savedFilter,
} from '../../../../webview/filter/filterState';
import { ObjectTouches } from '../../../../webview/filter/objectTouches';
import { type Picture, rowsLeft } from '../../../../webview/filter/paintFilter';
import { UnitsLeft } from '../../../../webview/filter/unitsLeft';
import { buildLanes } from '../../../../webview/lanes';
import { layout } from '../../../../webview/layout';
import { MarkedRows } from '../../../../webview/markedRows';
import { Store } from '../../../../webview/store';
import { common, joined, rest } from '../../../../webview/strips';
import { TraceBuilder } from '../../../webview/support/traceBuilder';
import { orders } from '../../../webview/support/traces';

const store = storeOf(orders());

function storeOf(builder: TraceBuilder): Store {
  const made = new Store();
  made.apply(builder.snapshot());
  return made;
}

function filterOf(part: Partial<FilterState>): FilterState {
  return { ...NO_FILTER, ...part };
}

/** Names of the units in which anything is left. */
function unitsLeft(of: Store, filter: FilterState): string[] {
  const left = new UnitsLeft(of, filter, sitesIn(of, filter.files));
  while (!left.advance(3));
  return of.units.filter(({ id }) => left.has(id)).map(({ name }) => name);
}

/** Stretches of a lane's own row that are left, in pixels of 10 ms. */
function leftIn(name: string, filter: FilterState): number[][] {
  const lanes = buildLanes(store, { toggled: new Map(), kept: new Set() });
  const view = { from: 0, to: 6.1e9, width: 610 };
  const index = lanes.findIndex((lane) => lane.name === name);
  const bars = layout({ store, lanes, first: 0, last: lanes.length, view, now: store.now, characterWidth: 6 });
  const picture: Picture = { lanes, first: index, last: index + 1, bars, view, now: store.now };
  const calls =
    filter.files.size > 0
      ? new MarkedRows(store, { sites: sitesIn(store, filter.files), objects: new Uint8Array(0) })
      : undefined;
  while (calls && !calls.advance(5));
  return rowsLeft({ store, filter, calls }, picture)[0].left.map(({ from, to }) => [Math.round(from), Math.round(to)]);
}

test('a filter says what it leaves', () => {
  assert.equal(filterWords(NO_FILTER), '');
  assert.equal(
    filterWords(filterOf({ states: new Set(['gil', 'ready']), shortest: 1.5e6 })),
    'wants the GIL or wants a core · ≥ 1.50 ms · others pale',
  );
  assert.equal(
    filterWords(filterOf({ kinds: new Set(['thread']), name: ' a ', files: new Set(['/x/a.py']), hides: true })),
    'threads · lanes with “a” · in a.py · others pale, lanes without any hidden',
  );
});

test('a length is a number with a unit', () => {
  assert.deepEqual(['1 ms', '500us', '0,5 s', '12 µs', ''].map(durationOf), [1e6, 500e3, 0.5e9, 12e3, 0]);
  assert.deepEqual(['5', 'ms', '-1 ms', '1 h'].map(durationOf), [undefined, undefined, undefined, undefined]);
});

test('what is kept of a filter is JSON', () => {
  const filter = filterOf({
    states: new Set(['waiting']),
    files: new Set(['/a.py']),
    kinds: new Set(['task']),
    hides: true,
  });
  assert.deepEqual(restoredFilter(JSON.parse(JSON.stringify(savedFilter(filter)))), filter);
});

test('bars of a state, of a length, of a file are left', () => {
  assert.deepEqual(leftIn('worker-1', filterOf({ states: new Set(['gil']) })), [[330, 350]]);
  assert.deepEqual(leftIn('worker-1', filterOf({ states: new Set(['waiting']), shortest: 1.05e9 })), [[192, 302]]);
  assert.deepEqual(leftIn('worker-1', filterOf({ states: new Set(['waiting']), files: new Set(['/other.py']) })), []);
  const inFile = leftIn('worker-1', filterOf({ files: new Set(['/work/orders.py']) }));
  assert.deepEqual(inFile, [[36, 520]], 'from its first call to its last');
});

test('units in which nothing is left are known', () => {
  assert.deepEqual(unitsLeft(store, filterOf({ states: new Set(['ready']) })), ['worker-2']);
  assert.deepEqual(unitsLeft(store, filterOf({ states: new Set(['blocked']), shortest: 1e9 })), []);
  assert.ok(!unitsLeft(store, filterOf({ files: new Set(['/work/orders.py']) })).includes('push-updates'));
  const t = new TraceBuilder();
  t.now = 3;
  const program = t.unit('process', 'p', -1, 0);
  const waiter = t.unit('thread', 'waiter', program, 0);
  t.openWaits = [
    {
      unit: waiter,
      thread: waiter,
      start: 1e9,
      end: Number.NaN,
      operation: 1,
      object: 0,
      target: 0,
      heldBy: 0,
      site: 0,
    },
  ];
  const live = filterOf({ states: new Set(['waiting']), shortest: 1e9 });
  assert.deepEqual(unitsLeft(storeOf(t), live), ['waiter'], 'it waits still');
});

test('calls are counted by file', () => {
  const t = new TraceBuilder();
  t.now = 3;
  const program = t.unit('process', 'p', -1, 0, 3);
  const main = t.unit('thread', 'main', program, 0, 3);
  t.span(main, main, 0, 1, t.site(1, 'a', '/a.py'));
  t.span(main, main, 1, 1.5, t.site(1, 'b', '/b.py'));
  t.span(main, main, 1.5, 2, t.site(5, 'c', '/b.py'));
  t.span(main, main, 2, 3, t.site(1, 'b', '/b.py'), 0, 2);
  const counts = new CallsByFile(storeOf(t));
  while (!counts.advance(1));
  assert.deepEqual(counts.counts(), [
    ['/b.py', 2],
    ['/a.py', 1],
  ]);
});

test('an object is touched by those who waited for it and those who held it', () => {
  const lock = store.objects.findIndex(({ name }) => name === 'Cache._lock') + 1;
  const touches = new ObjectTouches(store, lock);
  while (!touches.advance(2));
  assert.deepEqual([...touches.units].map((unit) => store.units[unit].name).sort(), ['worker-1', 'worker-2']);
});

test('strips are joined, turned over and cut with each other', () => {
  const strips = joined([
    { from: 10, to: 12 },
    { from: 0, to: 4 },
    { from: 4.5, to: 6 },
    { from: 1, to: 2 },
  ]);
  assert.deepEqual(strips, [
    { from: 0, to: 6 },
    { from: 10, to: 12 },
  ]);
  assert.deepEqual(rest(strips, 20), [
    { from: 6, to: 10 },
    { from: 12, to: 20 },
  ]);
  assert.deepEqual(rest([], 5), [{ from: 0, to: 5 }]);
  assert.deepEqual(common(strips, [{ from: 5, to: 11 }]), [
    { from: 5, to: 6 },
    { from: 10, to: 11 },
  ]);
});
