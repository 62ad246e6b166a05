import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawTrace } from '../../support/drawTrace';
import { readWhole } from '../../support/readTrace';

/** `MICROSECONDS change` of all objects, in the order of time. */
function depthsOf(drawing: string): string[] {
  const trace = readWhole(
    drawTrace(`
       0 100.0 process_begin P how=program parent=1
       0 100.0 thread_begin Main tid=100 flags=1
       1 100.0 object Q op=queue.Queue.get name="orders"
       1 100.0 object A op=asyncio.Queue.get name="others"
       5 100.0 thread_create W name="worker"
      10 100.1 thread_begin W tid=101
      ${drawing}
     900 100.1 thread_end W
    1000 100.0 process_end P
  `),
  );
  const { time, change } = trace.depths.columns;
  return Array.from({ length: trace.depths.length }, (_, row) => [time[row] as number, change[row] as number] as const)
    .sort(([a], [b]) => a - b)
    .map(([at, by]) => `${Math.round(at / 1000)} ${by}`);
}

test('puts and gets change the depth, those that did not wait as those that did', () => {
  const drawing = `
      20 100.1 wait Q op=queue.Queue.get
      30 100.0 signal Q op=queue.Queue.put
      31 100.1 got Q op=queue.Queue.get by=Main
      40 100.0 signal Q op=queue.Queue.put
      50 100.1 acquire Q op=queue.Queue.get`;
  assert.deepEqual(depthsOf(drawing), ['30 1', '31 -1', '40 1', '50 -1']);
});

test('a put that waits for room counts when there is room, and not at all when its time is up', () => {
  const drawing = `
      20 100.0 signal Q op=queue.Queue.put
      30 100.0 signal Q op=queue.Queue.put
      31 100.0 wait Q op=queue.Queue.put flags=1
      40 100.0 got Q op=queue.Queue.put outcome=timeout
      50 100.0 signal Q op=queue.Queue.put
      51 100.0 wait Q op=queue.Queue.put
      60 100.1 acquire Q op=queue.Queue.get
      61 100.0 got Q op=queue.Queue.put by=W`;
  assert.deepEqual(depthsOf(drawing), ['20 1', '30 1', '31 -1', '50 1', '51 -1', '60 -1', '61 1']);
});

test('queues of which not all gets are recorded have no depth', () => {
  assert.deepEqual(depthsOf('20 100.0 signal A op=asyncio.Queue.put'), []);
});
