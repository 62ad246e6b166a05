import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildLanes, laneAt } from '../../../webview/lanes';
import { layout } from '../../../webview/layout';
import { Store } from '../../../webview/store';
import { TraceBuilder } from '../../webview/support/traceBuilder';

const PROCESSES = 100;
const THREADS = 10;
const TASKS = 10_000;
const NOTHING = { toggled: new Map<string, boolean>(), kept: new Set<number>() };

/** A hundred processes with ten threads each; one thread of the first one has run ten thousand tasks. */
function manyUnits(): Store {
  const t = new TraceBuilder();
  t.now = 10;
  for (let i = 0; i < PROCESSES; i++) {
    const process = t.unit('process', `worker ${i}`, -1, 0, Number.NaN, { pid: 1000 + i });
    for (let j = 0; j < THREADS; j++) {
      const thread = t.unit('thread', `thread ${i}-${j}`, process, 0.01 * j);
      for (let k = 0; k < 20; k++) {
        t.state(thread, 'running', k * 0.5, k * 0.5 + 0.2);
        t.state(thread, 'waiting', k * 0.5 + 0.2, k * 0.5 + 0.5);
      }
      if (i > 0 || j > 0) continue;
      for (let task = 0; task < TASKS; task++) {
        const unit = t.unit('task', `Task-${task}`, thread, task * 0.001, task * 0.001 + 0.0005);
        t.span(unit, thread, task * 0.001, task * 0.001 + 0.0005, 0, 0, 8);
      }
    }
  }
  const store = new Store();
  store.apply(t.snapshot());
  return store;
}

test('ten thousand finished tasks take a few lanes, until their lane is opened', () => {
  const store = manyUnits();
  const lanes = buildLanes(store, NOTHING);
  const tasks = lanes.filter((lane) => lane.kind === 'task');
  const fold = lanes.find((lane) => lane.kind === 'folded');
  assert.ok(tasks.length <= 16, `${tasks.length} lanes`);
  assert.equal(tasks.length + (fold?.members.length ?? 0), TASKS);
  const opened = buildLanes(store, { ...NOTHING, toggled: new Map([[fold?.key ?? '', true]]) });
  assert.equal(opened.filter((lane) => lane.kind === 'task').length, TASKS);
});

test('a closed process takes one lane', () => {
  const store = manyUnits();
  const processes = store.units.filter(({ kind }) => kind === 'process');
  const lanes = buildLanes(store, { ...NOTHING, toggled: new Map(processes.map(({ id }) => [`unit:${id}`, false])) });
  assert.equal(lanes.filter((lane) => lane.kind === 'thread').length, 0);
  assert.equal(lanes.filter((lane) => lane.kind === 'process').length, PROCESSES);
});

test('what is drawn of many lanes are those in view', () => {
  const store = manyUnits();
  const lanes = buildLanes(store, { ...NOTHING, toggled: new Map([['cores', false]]) });
  const first = laneAt(lanes, 9000);
  const last = laneAt(lanes, 9700) + 1;
  assert.ok(last - first < 40 && lanes.length > PROCESSES * THREADS);
  const view = { from: 0, to: 10e9, width: 1000 };
  const bars = layout({ store, lanes, first, last, view, now: store.now, characterWidth: 6 });
  assert.ok(bars.length > 0 && bars.every((bar) => bar.lane >= first && bar.lane < last));
});

test('the lane of ten thousand units is a few bars, which say how many they are', () => {
  const store = manyUnits();
  const lanes = buildLanes(store, NOTHING);
  const index = lanes.findIndex((lane) => lane.kind === 'folded');
  const view = { from: 0, to: 10e9, width: 1000 };
  const bars = layout({ store, lanes, first: index, last: index + 1, view, now: store.now, characterWidth: 6 });
  assert.ok(bars.length <= view.width);
  assert.equal(
    bars.reduce((sum, bar) => sum + bar.count, 0),
    lanes[index]?.members.length,
  );
});
