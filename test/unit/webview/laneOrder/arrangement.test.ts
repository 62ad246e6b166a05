import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Arrangement, AS_BUILT, arrangeLanes } from '../../../../webview/laneOrder/arrangement';
import { laneFacts } from '../../../../webview/laneOrder/facts';
import { movedBefore, movedBy } from '../../../../webview/laneOrder/moving';
import { buildLanes, type Lane } from '../../../../webview/lanes';
import { Store } from '../../../../webview/store';
import { orders } from '../../../webview/support/traces';

const store = new Store();
store.apply(orders().snapshot());
const keyOf = (name: string): string => `unit:${store.units.find((unit) => unit.name === name)?.id}`;

function arranged(part: Partial<Arrangement>, kept: readonly number[] = [], toggled: readonly string[] = []) {
  const choices = { toggled: new Map(toggled.map((key) => [key, false])), kept: new Set(kept) };
  return arrangeLanes(buildLanes(store, choices), { ...AS_BUILT, ...part }, laneFacts(store, choices.kept));
}

/** Lanes below the cores, two spaces a level. */
function outline({ lanes }: { readonly lanes: readonly Lane[] }): string[] {
  return lanes
    .filter(({ kind }) => !['cores', 'core', 'note', 'band', 'objects'].includes(kind))
    .map(({ level, name }) => `${'  '.repeat(level)}${name}`);
}

const BUILT = [
  'orders.py',
  '  MainThread',
  '  worker-1',
  '  worker-2',
  '  prices',
  '    asyncio loop',
  '      poll-prices',
  '      push-updates',
  '      audit',
  '  24 more finished units',
  'SpawnPoolWorker-1',
  '  MainThread',
];

test('lanes stand as they are built, one below the other', () => {
  assert.deepEqual(outline(arranged({})), BUILT);
  const { lanes } = arranged({ sort: 'busy' });
  let top = 0;
  for (const lane of lanes) {
    assert.equal(lane.top, top);
    top += lane.height;
  }
});

test('a hidden lane goes with all that is in it, but for what is selected', () => {
  const hidden = new Set([keyOf('prices'), keyOf('worker-1')]);
  assert.deepEqual(outline(arranged({ hidden })), [
    'orders.py',
    '  MainThread',
    '  worker-2',
    '  24 more finished units',
    'SpawnPoolWorker-1',
    '  MainThread',
  ]);
  const audit = store.units.find(({ name }) => name === 'audit')?.id as number;
  assert.deepEqual(outline(arranged({ hidden }, [audit])).slice(0, 6), [
    'orders.py',
    '  MainThread',
    '  worker-2',
    '  prices',
    '    asyncio loop',
    '      audit',
  ]);
});

test('a pinned lane stands above the cores with all that is in it, and says whose it is', () => {
  const pool = store.units.findLast(({ name }) => name === 'MainThread')?.id;
  const { lanes } = arranged({ pinned: [keyOf('prices'), `unit:${pool}`, 'unit:99'] });
  assert.deepEqual(
    lanes.slice(0, 7).map(({ level, name, pinned = false }) => [level, name, pinned]),
    [
      [0, 'prices', true],
      [1, 'asyncio loop', false],
      [2, 'poll-prices', false],
      [2, 'push-updates', false],
      [2, 'audit', false],
      [0, 'SpawnPoolWorker-1 › MainThread', true],
      [0, 'Cores', false],
    ],
  );
});

test('lanes are sorted inside their home', () => {
  assert.deepEqual(outline(arranged({ sort: 'waiting' })).slice(0, 5), [
    'orders.py',
    '  MainThread',
    '  worker-2',
    '  worker-1',
    '  prices',
  ]);
  assert.deepEqual(
    outline(arranged({ sort: 'name' })).filter((name) => name.startsWith('      ')),
    ['      audit', '      poll-prices', '      push-updates'],
  );
  assert.equal(outline(arranged({ sort: 'busy' })).indexOf('  worker-1'), 1);
});

test('what was moved by hand stands where it was put', () => {
  const { lanes } = arranged({});
  const up = movedBy(AS_BUILT, lanes, keyOf('worker-2'), -1) as Partial<Arrangement>;
  assert.deepEqual(outline(arranged(up)).slice(1, 4), ['  MainThread', '  worker-2', '  worker-1']);
  assert.equal(movedBy(AS_BUILT, lanes, keyOf('audit'), 1), undefined, 'the last one');
  const first = movedBefore(AS_BUILT, lanes, keyOf('prices'), keyOf('worker-1')) as Partial<Arrangement>;
  assert.deepEqual(outline(arranged(first)).slice(1, 4), ['  MainThread', '  prices', '    asyncio loop']);
  assert.equal(movedBefore(AS_BUILT, lanes, keyOf('prices'), keyOf('audit')), undefined, 'another home');
  const pinned = { ...AS_BUILT, pinned: [keyOf('worker-1'), keyOf('audit')] };
  const changed = movedBy(pinned, arranged(pinned).lanes, keyOf('audit'), -1);
  assert.deepEqual(changed?.pinned, [keyOf('audit'), keyOf('worker-1')]);
});

test('conditions leave the units that meet them, those around them, and what is selected', () => {
  const audit = store.units.find(({ name }) => name === 'audit')?.id;
  const conditions = new Map([['test', { shows: (unit: number) => unit === audit, showsOther: () => false }]]);
  const result = arranged({ conditions });
  assert.deepEqual(
    result.lanes.map(({ name }) => name),
    ['orders.py', 'prices', 'asyncio loop', 'audit'],
  );
  assert.deepEqual([result.left, result.all], [2, 8], 'of the lanes of units; the loop’s thread is one');
  const closed = arranged({ conditions }, [], [keyOf('orders.py')]);
  assert.deepEqual(
    closed.lanes.map(({ name }) => name),
    ['orders.py'],
    'a closed process is left for what is in it',
  );
});
