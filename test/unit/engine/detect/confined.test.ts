import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { drawTrace } from '../../../support/drawTrace';
import { findingLines } from '../../../support/findings';
import { readWhole } from '../../../support/readTrace';

/** A task `T` of the main thread's loop, and the thread `Ada`. */
const BEGIN = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   1 100.0 thread_create A name="Ada" site=prog.py:50@main
   2 100.1 thread_begin A tid=101
   3 100.0 task_create T name="first" site=prog.py:40@main
   4 100.0 step_begin T
`;

const WAITS = '10 100.0 wait Q op=asyncio.Queue.get site=prog.py:1@take';

const CASES: readonly { readonly name: string; readonly drawing: string; readonly found: readonly string[] }[] = [
  {
    name: "a thread puts into a queue of another thread's loop",
    drawing: `${WAITS}
      11 100.1 signal Q op=asyncio.Queue.put site=prog.py:2@produce`,
    found: ['race.confined warning observed 2 1'],
  },
  {
    name: 'the same, before a task uses the queue',
    drawing: `
       9 100.1 signal Q op=asyncio.Queue.put site=prog.py:2@produce
      ${WAITS}`,
    found: ['race.confined warning observed 2 1'],
  },
  {
    name: 'the same, before the loop began',
    drawing: `
       3 100.1 signal Q op=asyncio.Queue.put site=prog.py:2@produce
      ${WAITS}`,
    found: [],
  },
  {
    name: "the loop's own callback puts into it",
    drawing: `${WAITS}
      11 100.0 step_end T op=asyncio.Queue.get
      12 100.0 signal Q op=asyncio.Queue.put site=prog.py:2@produce`,
    found: [],
  },
  {
    name: "a thread sets the future of another thread's task",
    drawing: `
      10 100.0 wait 0 op=asyncio.Future site=prog.py:1@take
      11 100.0 step_end T op=asyncio.Future site=prog.py:1@take
      12 100.1 signal T op=asyncio.Future.set_result site=prog.py:2@produce`,
    found: ['race.confined warning observed 2'],
  },
  {
    name: 'a thread calls into a loop as it should',
    drawing: '10 100.1 signal T op=asyncio.call_soon_threadsafe site=prog.py:2@produce',
    found: [],
  },
];

describe('what belongs to an event loop', () => {
  for (const { name, drawing, found } of CASES) {
    test(name, () => assert.deepEqual(findingLines(readWhole(drawTrace(BEGIN + drawing))), found));
  }
});
