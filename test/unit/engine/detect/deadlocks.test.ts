import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PASS_DONE, TRACE_DONE, Trace } from '../../../../src/engine/trace';
import { drawTrace } from '../../../support/drawTrace';
import { findingLines } from '../../../support/findings';
import { readWhole } from '../../../support/readTrace';

const BEGIN = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   1 100.0 thread_create A name="Ada" site=prog.py:50@main
   2 100.0 thread_create B name="Bob" site=prog.py:51@main
   3 100.1 thread_begin A tid=101
   3 100.2 thread_begin B tid=102
`;

/** Ada takes K then L, Bob takes L then K; both wait for ever. */
const OPPOSITE = `
  10 100.1 acquire K op=threading.Lock site=prog.py:1@there
  11 100.2 acquire L op=threading.Lock site=prog.py:3@back
  12 100.1 wait L op=threading.Lock site=prog.py:2@there
  13 100.2 wait K op=threading.Lock site=prog.py:4@back
`;

/** Ada and Bob have ended; a task of the main thread waits for a future, and its loop is idle. */
function idleLoop(flags: string, then: string): string {
  return `
      5 100.1 thread_end A
      5 100.2 thread_end B
      6 100.0 task_create T name="first" site=prog.py:3@main
      7 100.0 step_begin T
      8 100.0 wait 0 op=asyncio.Future site=prog.py:1@answer
      9 100.0 step_end T op=asyncio.Future site=prog.py:1@answer
     10 100.0 wait 0 op=asyncio.select flags=${flags}
     ${then}`;
}

interface Case {
  readonly name: string;
  readonly drawing: string;
  readonly found: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'two threads wait for each other',
    drawing: `${OPPOSITE} 14 100.0 wait time.sleep op=time.sleep flags=1`,
    found: ['order.cycle warning predicted 4 3 2 1', 'deadlock.cycle error observed 2 3 4 1'],
  },
  {
    name: 'a wait with a time-out that goes on is no deadlock',
    drawing: OPPOSITE.replace('site=prog.py:2@there', 'site=prog.py:2@there flags=1'),
    found: ['order.cycle warning predicted 4 3 2 1'],
  },
  {
    name: 'only the time-out ended it',
    drawing: `${OPPOSITE.replace('site=prog.py:2@there', 'site=prog.py:2@there flags=1')}
      90 100.1 got L op=threading.Lock site=prog.py:2@there outcome=timeout
      91 100.1 release K op=threading.Lock
      92 100.2 got K op=threading.Lock site=prog.py:4@back
      93 100.2 release K op=threading.Lock
      94 100.2 release L op=threading.Lock`,
    found: ['order.cycle warning predicted 4 3 2 1', 'deadlock.cycle warning observed 2 3 4 1'],
  },
  {
    name: 'a plain lock is taken twice',
    drawing: `
      10 100.1 acquire K op=threading.Lock site=prog.py:1@outer
      11 100.1 wait K op=threading.Lock site=prog.py:2@inner`,
    found: ['deadlock.self error observed 2 1'],
  },
  {
    name: 'a re-entrant lock is taken twice',
    drawing: `
      10 100.1 acquire K op=threading.RLock site=prog.py:1@outer
      11 100.1 acquire K op=threading.RLock site=prog.py:2@inner
      12 100.1 release K op=threading.RLock
      13 100.1 release K op=threading.RLock
      14 100.1 thread_end A`,
    found: [],
  },
  {
    name: 'the holder is over',
    drawing: `
      10 100.1 acquire K op=threading.Lock site=prog.py:1@forget
      11 100.1 thread_end A
      12 100.2 wait K op=threading.Lock site=prog.py:2@need
      13 100.0 wait B op=threading.Thread.join site=prog.py:3@main`,
    found: ['deadlock.lost-owner error observed 2 1'],
  },
  {
    name: 'the holder is over, but others run who could give it back',
    drawing: `
      10 100.1 acquire K op=threading.Lock site=prog.py:1@forget
      11 100.1 thread_end A
      12 100.2 wait K op=threading.Lock site=prog.py:2@need`,
    found: ['deadlock.lost-owner warning observed 2 1'],
  },
  {
    name: 'a join of a thread that needs what one holds',
    drawing: `
      10 100.0 acquire K op=threading.Lock site=prog.py:1@main
      11 100.1 wait K op=threading.Lock site=prog.py:2@work
      12 100.0 wait A op=threading.Thread.join site=prog.py:3@main`,
    found: ['order.join warning predicted 3 1 2', 'deadlock.cycle error observed 3 2 1'],
  },
  {
    name: 'the only worker waits for a queued job of its own pool',
    drawing: `
      10 100.0 job_submit !J executor=X site=prog.py:1@main
      11 100.1 wait X op=concurrent.futures.ThreadPoolExecutor.idle
      12 100.1 got X op=concurrent.futures.ThreadPoolExecutor.idle
      13 100.1 job_begin !J name="outer"
      14 100.1 job_submit !I executor=X site=prog.py:2@outer
      15 100.1 wait !I op=concurrent.futures.Future.result site=prog.py:3@outer
      16 100.0 wait !J op=concurrent.futures.Future.result site=prog.py:4@main`,
    found: ['hazard.nested-submit warning predicted 3 2', 'deadlock.pool error observed 3 2'],
  },
  {
    name: 'a worker waits for a queued job, and another worker is free',
    drawing: `
      10 100.0 job_submit !J executor=X site=prog.py:1@main
      11 100.1 wait X op=concurrent.futures.ThreadPoolExecutor.idle
      11 100.2 wait X op=concurrent.futures.ThreadPoolExecutor.idle
      12 100.1 got X op=concurrent.futures.ThreadPoolExecutor.idle
      13 100.1 job_begin !J name="outer"
      14 100.1 job_submit !I executor=X site=prog.py:2@outer
      15 100.1 wait !I op=concurrent.futures.Future.result site=prog.py:3@outer`,
    found: ['hazard.nested-submit warning predicted 3 2'],
  },
  {
    name: "the loop's thread takes a lock that a suspended task holds",
    drawing: `
      10 100.0 task_create T name="first"
      11 100.0 task_create U name="second"
      12 100.0 step_begin T
      13 100.0 acquire K op=threading.Lock site=prog.py:1@update
      14 100.0 step_end T op=asyncio.sleep site=prog.py:2@update
      15 100.0 step_begin U
      16 100.0 wait K op=threading.Lock site=prog.py:1@update`,
    found: ['hazard.lock-across-await warning observed 1 2', 'deadlock.loop error observed 1 1 2'],
  },
  {
    name: 'orders that lie under one further lock',
    drawing: `
      10 100.1 acquire G op=threading.Lock site=prog.py:1@there
      11 100.1 acquire K op=threading.Lock site=prog.py:2@there
      12 100.1 acquire L op=threading.Lock site=prog.py:3@there
      13 100.1 release L op=threading.Lock
      14 100.1 release K op=threading.Lock
      15 100.1 release G op=threading.Lock
      20 100.2 acquire G op=threading.Lock site=prog.py:4@back
      21 100.2 acquire L op=threading.Lock site=prog.py:5@back
      22 100.2 acquire K op=threading.Lock site=prog.py:6@back
      23 100.2 release K op=threading.Lock
      24 100.2 release L op=threading.Lock
      25 100.2 release G op=threading.Lock`,
    found: [],
  },
  {
    name: 'the same two lines for two locks, in one order only',
    drawing: `
      10 100.1 acquire K op=threading.Lock site=prog.py:1@transfer
      11 100.1 acquire L op=threading.Lock site=prog.py:2@transfer
      12 100.1 release L op=threading.Lock
      13 100.1 release K op=threading.Lock
      20 100.2 acquire K op=threading.Lock site=prog.py:1@transfer
      21 100.2 acquire L op=threading.Lock site=prog.py:2@transfer
      22 100.2 release L op=threading.Lock
      23 100.2 release K op=threading.Lock`,
    found: [],
  },
  {
    name: 'the same two lines for two locks, in both orders, never at the same time',
    drawing: `
      10 100.1 acquire K op=threading.Lock site=prog.py:1@transfer
      11 100.1 acquire L op=threading.Lock site=prog.py:2@transfer
      12 100.1 release L op=threading.Lock
      13 100.1 release K op=threading.Lock
      20 100.2 acquire L op=threading.Lock site=prog.py:1@transfer
      21 100.2 acquire K op=threading.Lock site=prog.py:2@transfer
      22 100.2 release K op=threading.Lock
      23 100.2 release L op=threading.Lock`,
    found: ['order.cycle warning predicted 2 1 2 1'],
  },
  {
    name: 'what one did before it started the other',
    drawing: `
      10 100.1 acquire K op=threading.Lock site=prog.py:1@there
      11 100.1 acquire L op=threading.Lock site=prog.py:2@there
      12 100.1 release L op=threading.Lock
      13 100.1 release K op=threading.Lock
      14 100.1 thread_create C name="Cy" site=prog.py:9@there
      15 100.3 thread_begin C tid=103
      20 100.3 acquire L op=threading.Lock site=prog.py:3@back
      21 100.3 acquire K op=threading.Lock site=prog.py:4@back
      22 100.3 release K op=threading.Lock
      23 100.3 release L op=threading.Lock`,
    found: [],
  },
  {
    name: 'a lock that outlives the section in which it was taken',
    drawing: `
      10 100.1 acquire R op=threading.Lock site=prog.py:1@begin_read
      11 100.1 acquire E op=threading.Lock site=prog.py:2@begin_read
      12 100.1 release R op=threading.Lock
      13 100.1 acquire R op=threading.Lock site=prog.py:3@end_read
      14 100.1 release E op=threading.Lock
      15 100.1 release R op=threading.Lock
      20 100.2 acquire R op=threading.Lock site=prog.py:1@begin_read
      21 100.2 acquire E op=threading.Lock site=prog.py:2@begin_read
      22 100.2 release R op=threading.Lock
      23 100.2 release E op=threading.Lock`,
    found: ['order.cycle info predicted 2 1 3 2'],
  },
  {
    name: 'a join under a lock, of a thread that had ended for certain',
    drawing: `
      10 100.1 acquire K op=threading.Lock site=prog.py:1@work
      11 100.1 release K op=threading.Lock
      12 100.1 thread_end A
      13 100.0 wait A op=threading.Thread.join site=prog.py:2@main
      14 100.0 got A op=threading.Thread.join site=prog.py:2@main
      15 100.0 acquire K op=threading.Lock site=prog.py:3@main
      16 100.0 acquire A op=threading.Thread.join site=prog.py:4@main
      17 100.0 release K op=threading.Lock`,
    found: ['order.join info predicted 4 3 1'],
  },
  {
    name: 'a thread takes its lock again in a function that it calls: the call is told',
    drawing: `
      10 100.1 acquire K op=threading.Lock site=prog.py:1@outer
      11 100.1 wait K op=threading.Lock site=prog.py:2@inner
      12 100.1 call from=prog.py:3@outer site=prog.py:2@inner`,
    found: ['deadlock.self error observed 2 1 3'],
  },
  {
    name: 'all wait for something that nobody is left to do',
    drawing: `
      10 100.1 wait Q op=queue.Queue.get site=prog.py:1@consume
      11 100.2 thread_end B
      12 100.0 wait A op=threading.Thread.join site=prog.py:2@main`,
    found: ['deadlock.stuck warning observed 2 1'],
  },
  {
    name: 'a loop with no timer and no input, whose task waits for what only it could do',
    drawing: idleLoop('2', ''),
    found: ['deadlock.stuck warning observed 1'],
  },
  { name: 'the same with input to come', drawing: idleLoop('0', ''), found: [] },
  {
    name: 'the same while a thread computes',
    drawing: idleLoop('2', '13 100.0 thread_create C name="Cid"\n14 100.3 thread_begin C tid=103'),
    found: [],
  },
  {
    name: 'all wait, one of them with a time-out',
    drawing: `
      10 100.1 wait Q op=queue.Queue.get site=prog.py:1@consume flags=1
      11 100.2 thread_end B
      12 100.0 wait A op=threading.Thread.join site=prog.py:2@main`,
    found: [],
  },
];

describe('deadlocks and orders of locks', () => {
  for (const { name, drawing, found } of CASES) {
    test(name, () => assert.deepEqual(findingLines(readWhole(drawTrace(BEGIN + drawing))), found));
  }
});

test('while the program hangs: not at first sight, then once, and with nothing new at the end', () => {
  const trace = new Trace();
  for (const [file, bytes] of drawTrace(BEGIN + OPPOSITE)) trace.append({ file, offset: 0, bytes, final: true });
  const counts: number[] = [];
  const deadlocks = () => trace.findings.filter(({ rule }) => rule === 'deadlock.cycle');
  for (let pass = 0; pass < 80; pass++) {
    trace.append(PASS_DONE);
    counts.push(deadlocks().length);
  }
  const first = counts.indexOf(1);
  assert.ok(first >= 4 && first < 40, `after ${first} passes`);
  trace.append(TRACE_DONE);
  assert.deepEqual(
    deadlocks().map(({ count, units }) => [count, units.length]),
    [[1, 2]],
  );
});
