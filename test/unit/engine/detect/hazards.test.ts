import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { drawTrace } from '../../../support/drawTrace';
import { findingLines } from '../../../support/findings';
import { readWhole } from '../../../support/readTrace';

const BEGIN = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
`;

interface Case {
  readonly name: string;
  readonly drawing: string;
  readonly found: readonly string[];
}

const TASKS = `
   5 100.0 task_create T name="first" site=prog.py:40@main
   6 100.0 task_create U name="second" site=prog.py:41@main
`;

const THREAD = `
   5 100.0 thread_create A name="Ada" site=prog.py:50@main
   6 100.1 thread_begin A tid=101 site=prog.py:10@work
`;

/** A finalizer or signal handler that takes the lock K, and ordinary code that does. */
function callback(operation: string, lock: string): string {
  return `
    10 100.0 callback 0 op=${operation} site=prog.py:20@on_end
    11 100.0 acquire K op=${lock} site=prog.py:2@take
    12 100.0 release K op=${lock}
    13 100.0 enter 0 site=prog.py:20@on_end
    14 100.0 acquire K op=${lock} site=prog.py:21@on_end
    15 100.0 release K op=${lock}
    16 100.0 leave 0 site=prog.py:20@on_end
    20 100.0 process_end P status=0
`;
}

/** A step of 300 ms, with a wait that lasts so long. */
function longStep(waits: number, tasks: string): string {
  return `${tasks}
     10 100.0 step_begin T
     20 100.0 wait 0 op=time.sleep site=prog.py:2@block flags=1
     ${20 + waits} 100.0 got 0 op=time.sleep site=prog.py:2@block
     300020 100.0 step_end T flags=1
     300030 100.0 step_begin U
     300040 100.0 step_end U flags=1
     300050 100.0 process_end P status=0
`;
}

/** A job that fails. */
function job(then: string, executor: string): string {
  return `${THREAD}
      9 100.0 object X op=${executor}
      10 100.0 job_submit !J executor=X site=prog.py:1@main
      11 100.1 job_begin !J name="save"
      12 100.1 job_end !J outcome=failed site=prog.py:2@save
      ${then}
      17 100.1 thread_end A
      20 100.0 process_end P status=0
`;
}

/** Both tasks wait for futures at one place; that of the first is set, and so it ends its wait. */
function wakeUp(outcome: string, then: string): string {
  return `${TASKS}
      10 100.0 step_begin T
      11 100.0 wait 0 op=asyncio.Future site=prog.py:2@take
      12 100.0 step_end T op=asyncio.Future site=prog.py:2@take
      13 100.0 step_begin U
      14 100.0 wait 0 op=asyncio.Future site=prog.py:2@take
      15 100.0 step_end U op=asyncio.Future site=prog.py:2@take
      16 100.0 signal T op=asyncio.Future.set_result site=prog.py:3@give
      17 100.0 step_begin T
      18 100.0 got 0 op=asyncio.Future site=prog.py:2@take outcome=${outcome}
      ${then}
      20 100.0 step_end T flags=1 outcome=${outcome}
      30 100.0 step_begin U
      31 100.0 got 0 op=asyncio.Future site=prog.py:2@take outcome=cancelled
      32 100.0 step_end U flags=1 outcome=cancelled
      40 100.0 process_end P status=0
`;
}

const CASES: readonly Case[] = [
  {
    name: 'a plain lock in a finalizer and elsewhere',
    drawing: callback('callback.finalizer', 'threading.Lock'),
    found: ['hazard.finalizer-lock warning predicted 21 2'],
  },
  {
    name: 'a re-entrant lock in a finalizer and elsewhere',
    drawing: callback('callback.finalizer', 'threading.RLock'),
    found: [],
  },
  {
    name: 'a plain lock in a signal handler and elsewhere',
    drawing: callback('callback.signal', 'threading.Lock'),
    found: ['hazard.signal-lock warning predicted 21 2'],
  },
  {
    name: 'a plain lock at exit, when nothing else runs',
    drawing: callback('callback.exit', 'threading.Lock'),
    found: [],
  },
  {
    name: 'a lock for threads is held while a task is suspended',
    drawing: `${TASKS}
      10 100.0 step_begin T
      11 100.0 acquire K op=threading.Lock site=prog.py:1@update
      12 100.0 step_end T op=asyncio.sleep site=prog.py:2@update
      20 100.0 step_begin T
      21 100.0 release K op=threading.Lock
      22 100.0 step_end T flags=1
      23 100.0 step_begin U
      24 100.0 step_end U flags=1`,
    found: ['hazard.lock-across-await warning observed 1 2'],
  },
  {
    name: 'the same, with the await in the function that took it told as well',
    drawing: `${TASKS}
      10 100.0 step_begin T
      11 100.0 acquire K op=threading.Lock site=prog.py:1@update
      12 100.0 call from=prog.py:3@fetch site=prog.py:2@send
      13 100.0 call from=prog.py:4@update site=prog.py:3@fetch
      14 100.0 step_end T op=asyncio.sleep site=prog.py:2@send
      20 100.0 step_begin T
      21 100.0 release K op=threading.Lock
      22 100.0 step_end T flags=1`,
    found: ['hazard.lock-across-await warning observed 1 2 4 3'],
  },
  {
    name: "a lock of asyncio's is held while a task is suspended",
    drawing: `${TASKS}
      10 100.0 step_begin T
      11 100.0 acquire K op=asyncio.Lock site=prog.py:1@update
      12 100.0 step_end T op=asyncio.sleep site=prog.py:2@update
      20 100.0 step_begin T
      21 100.0 release K op=asyncio.Lock
      22 100.0 step_end T flags=1`,
    found: [],
  },
  {
    name: 'an exception came between, at a line that gave the lock back before',
    drawing: `
      10 100.0 acquire K op=threading.Lock site=prog.py:1@read
      11 100.0 release K op=threading.Lock
      12 100.0 acquire K op=threading.Lock site=prog.py:1@read
      20 100.0 process_end P status=0`,
    found: ['hazard.lock-left-held warning observed 1'],
  },
  {
    name: 'an exception ended the thread that held it',
    drawing: `${THREAD}
      10 100.1 acquire K op=threading.Lock site=prog.py:1@work
      11 100.1 thread_end A outcome=failed
      20 100.0 process_end P status=0`,
    found: ['hazard.lock-left-held warning observed 1'],
  },
  {
    name: 'a lock that is closed once and stays so',
    drawing: `
      10 100.0 acquire K op=threading.Lock site=prog.py:1@close
      20 100.0 process_end P status=0`,
    found: ['hazard.lock-left-held info observed 1'],
  },
  {
    name: 'a lock that one takes and another gives back is a signal',
    drawing: `${THREAD}
      10 100.0 acquire K op=threading.Lock site=prog.py:1@main
      11 100.1 release K op=threading.Lock
      12 100.0 acquire K op=threading.Lock site=prog.py:2@main
      13 100.1 thread_end A
      20 100.0 process_end P status=0`,
    found: [],
  },
  {
    name: 'a task sleeps for 300 ms while another is there',
    drawing: longStep(299000, TASKS),
    found: ['hazard.blocked-loop warning observed 2'],
  },
  {
    name: 'a task computes for 300 ms: a hint, since the machine may just be busy',
    drawing: longStep(1000, TASKS).replace('step_end T flags=1', 'step_end T flags=1 site=prog.py:3@block'),
    found: ['hazard.blocked-loop info observed 3'],
  },
  {
    name: 'a task sleeps for 300 ms and is alone',
    drawing: `
       5 100.0 task_create T name="first"
      10 100.0 step_begin T
      20 100.0 wait 0 op=time.sleep site=prog.py:2@block flags=1
      300010 100.0 got 0 op=time.sleep site=prog.py:2@block
      300020 100.0 step_end T flags=1`,
    found: [],
  },
  {
    name: 'a task that began is neither finished nor cancelled',
    drawing: `${TASKS}
      10 100.0 step_begin T
      11 100.0 step_end T op=asyncio.Future
      12 100.0 step_begin U
      13 100.0 step_end U flags=1 outcome=cancelled
      20 100.0 process_end P status=0`,
    found: ['hazard.task-dropped warning observed 40'],
  },
  {
    name: 'a job asks for the result of another of its pool, which was there already',
    drawing: `${THREAD}
      9 100.0 object X op=concurrent.futures.ThreadPoolExecutor
      10 100.0 job_submit !J executor=X site=prog.py:1@main
      13 100.1 job_begin !J name="outer"
      14 100.1 job_submit !I executor=X site=prog.py:2@outer
      15 100.1 acquire !I op=concurrent.futures.Future.result site=prog.py:3@outer
      16 100.1 job_end !J
      17 100.1 thread_end A
      20 100.0 process_end P status=0`,
    found: ['hazard.nested-submit warning predicted 3 2'],
  },
  {
    name: 'a job leaves another to its pool and does not wait',
    drawing: `${THREAD}
      9 100.0 object X op=concurrent.futures.ThreadPoolExecutor
      10 100.0 job_submit !J executor=X site=prog.py:1@main
      13 100.1 job_begin !J name="outer"
      14 100.1 job_submit !I executor=X site=prog.py:2@outer
      16 100.1 job_end !J
      17 100.1 thread_end A
      20 100.0 process_end P status=0`,
    found: ['hazard.nested-submit info predicted 2'],
  },
  {
    name: 'a job asks for the result of a job of another pool',
    drawing: `${THREAD}
      9 100.0 object X op=concurrent.futures.ThreadPoolExecutor
      10 100.0 job_submit !J executor=X site=prog.py:1@main
      13 100.1 job_begin !J name="outer"
      13 100.0 object Y op=concurrent.futures.ThreadPoolExecutor
      14 100.1 job_submit !I executor=Y site=prog.py:2@outer
      15 100.1 wait !I op=concurrent.futures.Future.result site=prog.py:3@outer`,
    found: [],
  },
  {
    name: 'a task is cancelled after its future was set, and another waits on at the same place',
    drawing: wakeUp('cancelled', ''),
    found: ['hazard.lost-wakeup warning observed 2 3 2'],
  },
  {
    name: 'a task is cancelled after its future was set, and passes it on',
    drawing: wakeUp('cancelled', '19 100.0 signal U op=asyncio.Future.set_result site=prog.py:4@take'),
    found: [],
  },
  { name: 'a task whose future was set runs', drawing: wakeUp('ok', ''), found: [] },
  {
    name: 'a fork while a thread holds a lock',
    drawing: `${THREAD}
      10 100.1 acquire K op=threading.Lock site=prog.py:1@work
      11 100.0 process_create S pid=200 site=prog.py:2@main
      12 200.0 process_begin P2 how=fork parent=100
      12 200.0 thread_begin M2 tid=200 flags=1
      13 200.0 process_end P2 status=0
      14 100.1 release K op=threading.Lock
      15 100.1 thread_end A
      20 100.0 process_end P status=0`,
    found: ['hazard.fork-lock warning observed 2 1', 'hazard.fork-threads warning observed 2 50'],
  },
  {
    name: 'a fork among threads, and the child waits in vain for what was there before',
    drawing: `${THREAD}
      9 100.0 object E op=threading.Event.wait site=prog.py:4@main
      10 100.0 process_create S pid=200 site=prog.py:2@main
      11 200.9 process_begin P2 how=fork parent=100
      12 200.9 thread_begin M2 tid=200 flags=1
      13 200.9 wait E op=threading.Event.wait site=prog.py:3@flush flags=1
      14 200.9 got E op=threading.Event.wait site=prog.py:3@flush outcome=timeout
      15 200.9 process_end P2 status=0
      16 100.1 thread_end A
      20 100.0 process_end P status=0`,
    found: ['hazard.fork-threads warning observed 2 50 3'],
  },
  {
    name: 'a spawn while a thread holds a lock',
    drawing: `${THREAD}
      10 100.1 acquire K op=threading.Lock site=prog.py:1@work
      11 100.0 process_create S pid=200 site=prog.py:2@main
      12 200.0 process_begin P2 how=spawn parent=100
      12 200.0 thread_begin M2 tid=200 flags=1
      13 200.0 process_end P2 status=0
      14 100.1 release K op=threading.Lock
      15 100.1 thread_end A
      20 100.0 process_end P status=0`,
    found: [],
  },
  {
    name: 'a process is joined while its queue is full, and one after it was emptied',
    drawing: `
      10 100.0 process_create S pid=200 site=prog.py:1@main
      11 200.0 process_begin P2 how=spawn parent=100
      11 200.0 thread_begin M2 tid=200 flags=1
      12 200.0 signal !Q op=multiprocessing.Queue.put site=prog.py:2@work
      13 100.0 wait S op=multiprocessing.Process.join site=prog.py:3@main
      14 200.0 process_end P2 status=0
      15 100.0 got S op=multiprocessing.Process.join site=prog.py:3@main
      16 100.0 wait !Q op=multiprocessing.Queue.get site=prog.py:4@main
      17 100.0 got !Q op=multiprocessing.Queue.get site=prog.py:4@main
      18 100.0 wait S op=multiprocessing.Process.join site=prog.py:5@main
      19 100.0 got S op=multiprocessing.Process.join site=prog.py:5@main`,
    found: ['hazard.join-before-drain warning observed 3 2 4'],
  },
  {
    name: 'an exception that nobody asked for, with the task that raised it',
    drawing: `${TASKS}
      10 100.0 name T text="Task-7"
      11 100.0 step_begin T
      12 100.0 step_end T flags=1 outcome=failed
      13 100.0 step_begin U
      14 100.0 step_end U flags=1
      15 100.0 leak 0 op=leak.exception name="Task-7" site=prog.py:2@save`,
    found: ['leak.exception-never-retrieved warning observed 2 40'],
  },
  {
    name: 'a job of an executor failed and nobody asked',
    drawing: job('', 'concurrent.futures.ThreadPoolExecutor'),
    found: ['leak.exception-never-retrieved warning observed 1 2'],
  },
  {
    name: 'somebody looked at the exception of a failed job',
    drawing: job(
      '14 100.0 acquire !J op=concurrent.futures.Future.exception site=prog.py:3@main',
      'concurrent.futures.ThreadPoolExecutor',
    ),
    found: [],
  },
  {
    name: 'a job of a pool of multiprocessing, of which it is not known who asked',
    drawing: job('', 'multiprocessing.Pool'),
    found: [],
  },
  {
    name: 'a child process that still runs at the end',
    drawing: `
      10 100.0 process_create S pid=200 site=prog.py:1@main
      11 200.0 process_begin P2 how=spawn parent=100
      11 200.0 thread_begin M2 tid=200 flags=1
      12 100.0 leak S op=leak.process
      13 100.0 process_end P status=0`,
    found: ['leak.running-at-exit info observed 1'],
  },
  {
    name: 'a coroutine that was never run',
    drawing: '10 100.0 leak 0 op=leak.coroutine name="save" site=prog.py:2@main',
    found: ['leak.coroutine-never-run warning observed 2'],
  },
  {
    name: 'two children come to the same line that starts processes: one finding',
    drawing: `
      10 100.0 process_create S pid=200 site=prog.py:6@main
      11 200.0 process_begin P2 how=spawn parent=100
      11 200.0 thread_begin M2 tid=200 flags=1
      12 200.0 leak 0 op=leak.main-guard site=prog.py:6@main
      13 200.0 process_end P2 status=1
      14 100.0 process_create S3 pid=300 site=prog.py:6@main
      15 300.0 process_begin P3 how=spawn parent=100
      15 300.0 thread_begin M3 tid=300 flags=1
      16 300.0 leak 0 op=leak.main-guard site=prog.py:6@main
      17 300.0 process_end P3 status=1`,
    found: ['hazard.no-main-guard error observed 6'],
  },
  {
    name: 'a daemon thread at the end is a hint, one that has ended is nothing',
    drawing: `${THREAD}
      7 100.0 thread_create B name="Bob" site=prog.py:51@main
      8 100.2 thread_begin B tid=102
      9 100.2 thread_end B
      20 100.0 process_end P status=0`,
    found: ['leak.running-at-exit info observed 50'],
  },
];

describe('hazards and leaks', () => {
  for (const { name, drawing, found } of CASES) {
    test(name, () => assert.deepEqual(findingLines(readWhole(drawTrace(BEGIN + drawing))), found));
  }
});
