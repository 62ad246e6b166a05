import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bar, View } from '../../../webview/bars';
import { buildLanes, type Lane, laneAt, lanesByUnit, lanesHeight } from '../../../webview/lanes';
import { layout } from '../../../webview/layout';
import { Store } from '../../../webview/store';
import { nameOf } from '../../../webview/words';
import { TraceBuilder } from '../../webview/support/traceBuilder';
import { killed, live, millionSpans, orders, thousandThreads } from '../../webview/support/traces';

const NOTHING = { toggled: new Map<string, boolean>(), kept: new Set<number>() };

function storeOf(builder: TraceBuilder): Store {
  const store = new Store();
  store.apply(builder.snapshot());
  return store;
}

function draw(
  store: Store,
  from: number,
  to: number,
  width = 1000,
  toggled: Record<string, boolean> = {},
): { lanes: Lane[]; bars: readonly Bar[] } {
  const lanes = buildLanes(store, { ...NOTHING, toggled: new Map(Object.entries(toggled)) });
  const view: View = { from: from * 1e9, to: to * 1e9, width };
  return {
    lanes,
    bars: layout({ store, lanes, first: 0, last: lanes.length, view, now: store.now, characterWidth: 6 }),
  };
}

/** Lanes as a drawing: two spaces a level, a sign when it can be opened. */
function outline(lanes: readonly Lane[]): string[] {
  return lanes.map(
    (lane) => `${'  '.repeat(lane.level)}${lane.open === undefined ? '' : lane.open ? '- ' : '+ '}${lane.name}`,
  );
}

/** Bars of a lane, one line each. */
function barsOf({ lanes, bars }: { lanes: Lane[]; bars: readonly Bar[] }, name: string): string[] {
  const index = lanes.findIndex((lane) => lane.name === name);
  return bars
    .filter((bar) => bar.lane === index)
    .map(
      (bar) =>
        `${bar.form} ${Math.round(bar.x0)}-${Math.round(bar.x1)}${bar.text ? ` ${bar.text}` : ''}${bar.count > 1 ? ` x${bar.count}` : ''}`,
    );
}

test('lanes go from the machine to the detail, short finished units fold', () => {
  assert.deepEqual(outline(buildLanes(storeOf(orders()), NOTHING)), [
    '- Cores',
    '  core 0',
    '  core 1',
    '  running / wanting',
    '- orders.py',
    '  + MainThread',
    '  + worker-1',
    '  + worker-2',
    '  + prices',
    '    - asyncio loop',
    '      poll-prices',
    '      push-updates',
    '      audit',
    '  + 24 more finished units',
    '- SpawnPoolWorker-1',
    '  + MainThread',
    '+ Objects',
  ]);
});

test('an opened fold shows its units, a closed process none', () => {
  const store = storeOf(orders());
  const fold = buildLanes(store, NOTHING).find((lane) => lane.kind === 'folded') as Lane;
  const opened = buildLanes(store, {
    ...NOTHING,
    toggled: new Map([
      [fold.key, true],
      ['unit:0', true],
    ]),
  });
  assert.ok(outline(opened).includes('  connection-24'));
  const closed = buildLanes(store, { ...NOTHING, toggled: new Map([['unit:0', false]]) });
  assert.ok(!outline(closed).some((line) => line.includes('worker-1')));
  assert.equal(closed[lanesByUnit(store, closed)(2)].name, 'orders.py', 'what is inside is seen where it is closed');
});

test('the selected unit is never folded away', () => {
  const store = storeOf(orders());
  const last = store.units.length - 1;
  const lanes = buildLanes(store, { ...NOTHING, kept: new Set([last]) });
  assert.ok(outline(lanes).includes('  connection-24'));
  assert.ok(outline(lanes).includes('  + 23 more finished units'));
});

test('of many tasks the longest and those that failed keep a lane', () => {
  const builder = new TraceBuilder();
  builder.now = 10;
  const program = builder.unit('process', 'many.py', -1, 0, 10);
  const main = builder.unit('thread', 'MainThread', program, 0, 10);
  for (let i = 0; i < 300; i++) {
    builder.unit('task', `Task-${i}`, main, 0, 1 + i / 100, {
      function: 'job',
      state: i === 77 ? 'failed' : 'finished',
    });
  }
  const lines = outline(buildLanes(storeOf(builder), NOTHING)).map((line) => line.trim());
  assert.ok(lines.includes('job #77'));
  assert.ok(lines.includes('job #299') && lines.includes('job #288') && !lines.includes('job #287'));
  assert.ok(lines.includes('+ 287 more finished units'));
});

test('lanes are found by height', () => {
  const lanes = buildLanes(storeOf(orders()), NOTHING);
  for (const [index, lane] of lanes.entries()) {
    assert.equal(laneAt(lanes, lane.top), index);
    assert.equal(laneAt(lanes, lane.top + lane.height - 1), index);
  }
  assert.equal(laneAt(lanes, lanesHeight(lanes)), -1);
  assert.equal(laneAt(lanes, -1), -1);
});

test('a lane: running with the function, waiting with who holds it, the GIL, a bad end', () => {
  const drawn = draw(storeOf(orders()), 1.5, 4, 1000);
  assert.deepEqual(barsOf(drawn, 'worker-1'), [
    'alive -2-1002',
    'gil 720-800',
    'waiting -2-80 orders',
    'waiting 168-608 threading.Lock Cache._lock — held by worker-2',
    'waiting 840-928 orders',
    'running 80-168 fetch()',
    'running 608-720',
    'running 800-840 store()',
    'running 928-1000 store()',
    'running 608-672 store()',
    'running 672-720 update()',
  ]);
  assert.ok(barsOf(drawn, 'audit').some((line) => line.startsWith('mark') && line.endsWith('failed')));
});

test('tasks wait in their lane and step in the lane of their loop, in their colour', () => {
  const store = storeOf(orders());
  const drawn = draw(store, 0, 6.1);
  const poll = drawn.lanes.findIndex((lane) => lane.name === 'poll-prices');
  const loop = drawn.lanes.findIndex((lane) => lane.name === 'asyncio loop');
  const colour = drawn.bars.find((bar) => bar.lane === poll && bar.form === 'running')?.colour;
  const steps = (lane: number): string[] =>
    drawn.bars
      .filter((bar) => bar.lane === lane && bar.form === 'running' && bar.colour === colour && bar.count === 1)
      .map((bar) => `${bar.x0}`);
  assert.ok(steps(poll).length >= 8);
  for (const step of steps(poll)) assert.ok(steps(loop).includes(step), step);
});

test('what goes on is drawn up to now', () => {
  const drawn = draw(storeOf(live()), 0, 2);
  assert.deepEqual(barsOf(drawn, 'worker'), [
    'alive 100-500',
    'waiting 200-500 threading.Lock gate — held by MainThread',
    'running 100-200',
  ]);
  assert.ok(barsOf(drawn, 'MainThread').includes('running 250-500 serve()'));
  assert.ok(barsOf(drawn, 'core 0').includes('running 250-500 MainThread'));
});

test('an opened thread shows a row for each depth of calls', () => {
  const drawn = draw(storeOf(orders()), 1.5, 4, 1000, { 'unit:2': true });
  const functions = drawn.bars.filter((bar) => bar.form === 'function');
  assert.deepEqual([...new Set(functions.map((bar) => bar.top))].length, 3);
  assert.ok(functions.some((bar) => bar.text === 'Worker.run()'));
});

test('when cores are not known the lane says so', () => {
  const drawn = draw(storeOf(killed()), 0, 6);
  const note = drawn.bars.find((bar) => bar.form === 'note');
  assert.match(note?.text ?? '', /perf_event_paranoid.*counts as running/);
});

test('a million calls are no more bars than there are pixels for, however far one zooms', () => {
  const store = storeOf(millionSpans());
  assert.ok(store.spans.length >= 1_000_000);
  const opened = Object.fromEntries([1, 2, 3, 4].map((unit) => [`unit:${unit}`, true]));
  for (const length of [10, 1, 0.1, 0.01, 0.001, 1e-5]) {
    const { lanes, bars } = draw(store, 5, 5 + length, 1000, opened);
    const rows = lanes.reduce((sum, lane) => sum + 1 + lane.functionRows, 0);
    // Four layers at most in a lane's own row, and no two bars in a layer within a pixel and a half on average.
    assert.ok(bars.length < rows * 1000, `${bars.length} bars of ${length} s`);
    assert.ok(bars.every((bar) => bar.x0 >= -2 && bar.x1 <= 1002 && bar.x1 > bar.x0));
  }
  const all = draw(store, 0, 10, 1000, opened).bars;
  assert.ok(all.length < 2500, `${all.length} bars of all`);
  const counted = all.filter((bar) => bar.form === 'function').reduce((sum, bar) => sum + bar.count, 0);
  assert.equal(counted, store.spans.length, 'merged bars say how many they stand for');
});

test('what a merged bar shows of each column is the part that ran there', () => {
  const store = storeOf(millionSpans());
  const bars = draw(store, 0, 10, 500).bars.filter((bar) => bar.shares && bar.form === 'running' && bar.lane === 5);
  assert.ok(bars.length > 0);
  const shares = bars.flatMap((bar) => [...(bar.shares ?? [])]);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  assert.ok(Math.abs(mean - 0.225) < 0.01, `${mean}`);
});

test('a thousand threads are lanes, and only those in view are drawn', () => {
  const store = storeOf(thousandThreads());
  const lanes = buildLanes(store, NOTHING);
  assert.equal(lanes.filter((lane) => lane.kind === 'thread').length, 1000);
  const bars = layout({
    store,
    lanes,
    first: 500,
    last: 530,
    view: { from: 0, to: 4e9, width: 1000 },
    now: store.now,
    characterWidth: 6,
  });
  assert.ok(bars.length > 100 && bars.every((bar) => bar.lane >= 500 && bar.lane < 530));
});

test('a closed process shows how busy its threads were, and an open one leaves that to them', () => {
  const store = storeOf(orders());
  const worker = store.units.findIndex(({ name }) => name === 'SpawnPoolWorker-1');
  const busy = (toggled: Record<string, boolean>): Bar | undefined => {
    const { lanes, bars } = draw(store, 0, store.now / 1e9, 1000, toggled);
    const index = lanes.findIndex(({ key }) => key === `unit:${worker}`);
    return bars.find((bar) => bar.lane === index && bar.form === 'running');
  };
  assert.equal(busy({}), undefined);
  const { shares = [], columnColours = [] } = busy({ [`unit:${worker}`]: false }) ?? {};
  const ran = (store.unitStates[worker + 1]?.[0]?.total ?? 0) / store.now;
  const drawn = [...shares].reduce((sum, share) => sum + share, 0) / 500;
  assert.equal(store.units[worker + 1].parent, worker);
  assert.ok(ran > 0 && Math.abs(drawn - ran) < 0.01, `${drawn} of the width is drawn, ${ran} of the time it ran`);
  assert.equal(columnColours.length, shares.length);
});

test('of units with one name in several processes it is said whose they are, but not to their own', () => {
  const store = storeOf(orders());
  const mains = store.units.filter(({ name }) => name === 'MainThread').map(({ id }) => id);
  const worker = store.units.findIndex(({ name }) => name === 'worker-1');
  assert.deepEqual(
    mains.map((id) => nameOf(store, id)),
    ['orders.py › MainThread', 'SpawnPoolWorker-1 › MainThread'],
  );
  assert.deepEqual(
    mains.map((id) => nameOf(store, id, worker)),
    ['MainThread', 'SpawnPoolWorker-1 › MainThread'],
  );
  assert.equal(nameOf(store, worker), 'worker-1');
});
