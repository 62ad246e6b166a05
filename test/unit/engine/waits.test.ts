import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawTrace } from '../../support/drawTrace';
import { holdLines, readWhole, spanLines, unitLines, waitLines } from '../../support/readTrace';

const BEGIN = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   1 100.0 thread_create W name="worker"
   2 100.1 thread_begin W tid=101
`;

function read(drawing: string) {
  return readWhole(drawTrace(BEGIN + drawing));
}

test('a lock that processes share: holder and giver are found by time, whichever is read first', () => {
  const trace = readWhole(
    drawTrace(`
     0 100.0 process_begin P how=program parent=1
     0 100.0 thread_begin Main tid=100 flags=1
     1 100.0 process_create S pid=200
     2 100.0 name S text="child"
     5 100.0 wait !L op=multiprocessing.Lock
    20 100.0 got !L op=multiprocessing.Lock
    25 100.0 release !L op=multiprocessing.Lock
     3 200.0 process_begin P2 how=spawn parent=100
     3 200.0 thread_begin Main2 tid=200 flags=1
     4 200.0 acquire !L op=multiprocessing.Lock
    18 200.0 release !L op=multiprocessing.Lock site=child.py:7@work
    22 200.0 wait !L op=multiprocessing.Lock
    26 200.0 got !L op=multiprocessing.Lock
    27 200.0 name Main2 text="childs main"
    `),
  );
  const [first, second] = waitLines(trace);
  assert.equal(first, 'MainThread multiprocessing.Lock object 0 5..20 ok held childs main woken childs main@18');
  assert.equal(second, 'childs main multiprocessing.Lock object 0 22..26 ok held MainThread woken MainThread@25');
  assert.equal(trace.sites[trace.waits.columns.wokenSite[0]! - 1]?.line, 7);
});

test('a lock that changes hands when a wait begins: who gives it back next had it', () => {
  const trace = read(`
     5 100.1 wait L op=threading.Lock holder=Main
    10 100.0 release L op=threading.Lock
    11 100.0 wait L op=threading.Lock
    12 100.1 got L op=threading.Lock by=Main
    20 100.1 release L op=threading.Lock
    21 100.0 got L op=threading.Lock by=W
  `);
  assert.deepEqual(
    waitLines(trace).map((line) => /held \S+/.exec(line)?.[0]),
    ['held MainThread', 'held worker'],
  );
});

test('the recorder names the thread, the trace finds the task of it', () => {
  const trace = read(`
    10 100.0 task_create T name="holder"
    11 100.0 step_begin T
    12 100.0 acquire L op=threading.Lock
    20 100.1 wait L op=threading.Lock holder=Main
    30 100.0 release L op=threading.Lock
    31 100.0 step_end T flags=1
    32 100.1 got L op=threading.Lock by=Main
  `);
  assert.deepEqual(waitLines(trace), ['worker threading.Lock object 0 20..32 ok held holder woken holder@30']);
});

test('a lock that was just handed on is held by who has it, though it had not said so when the wait began', () => {
  const trace = read(`
    10 100.0 acquire L op=threading.Lock
    11 100.1 wait L op=threading.Lock holder=Main
    20 100.0 release L op=threading.Lock
    21 100.0 wait L op=threading.Lock holder=Main
    22 100.1 got L op=threading.Lock
    30 100.1 release L op=threading.Lock
    31 100.0 got L op=threading.Lock
  `);
  assert.deepEqual(waitLines(trace), [
    'worker threading.Lock object 0 11..22 ok held MainThread woken MainThread@20',
    'MainThread threading.Lock object 0 21..31 ok held worker woken worker@30',
  ]);
});

test('a queue: a get is ended by a put, not by another get', () => {
  const trace = read(`
    10 100.1 wait Q op=queue.Queue.get
    20 100.0 signal Q op=queue.Queue.put
    21 100.0 acquire Q op=queue.Queue.get
    30 100.1 got Q op=queue.Queue.get
    40 100.0 wait Q op=queue.Queue.put
    50 100.1 acquire Q op=queue.Queue.get
    51 100.0 got Q op=queue.Queue.put
  `);
  assert.deepEqual(waitLines(trace), [
    'worker queue.Queue.get object 0 10..30 ok held - woken MainThread@20',
    'MainThread queue.Queue.put object 0 40..51 ok held - woken worker@50',
  ]);
  assert.deepEqual(holdLines(trace), []);
});

test('a wait that gave up was ended by nobody', () => {
  const trace = read(`
    10 100.1 wait E op=threading.Event.wait flags=1
    20 100.1 got E op=threading.Event.wait outcome=timeout
    21 100.0 signal E op=threading.Event.set
  `);
  assert.deepEqual(waitLines(trace), ['worker threading.Event.wait object 0 10..20 timeout held - woken -@?']);
});

test("a future's result is ended by the worker that ran the job", () => {
  const trace = read(`
    10 100.0 job_submit !J executor=X site=prog.py:5@main
    11 100.0 wait !J op=concurrent.futures.Future.result
    12 100.1 job_begin !J name="square" site=prog.py:1@square
    19 100.1 job_end !J outcome=failed
    20 100.0 got !J op=concurrent.futures.Future.result outcome=failed
  `);
  assert.deepEqual(unitLines(trace)[3], 'job square in worker by MainThread 12..19 failed');
  assert.deepEqual(waitLines(trace), [
    'MainThread concurrent.futures.Future.result square 11..20 failed held - woken worker@19',
  ]);
  assert.deepEqual(spanLines(trace), ['square square 12..19 depth 0 flags 17']);
});

test('between two steps a task waits, for what the step says or for what a wait says', () => {
  const trace = read(`
    10 100.0 task_create A name="asker"
    11 100.0 task_create B name="giver"
    12 100.0 step_begin A
    13 100.0 wait Q op=asyncio.Queue.get
    14 100.0 step_end A on=Q op=asyncio.Future
    15 100.0 step_begin B
    16 100.0 step_end B op=asyncio.sleep
    20 100.0 step_begin B
    21 100.0 signal Q op=asyncio.Queue.put
    22 100.0 step_end B flags=1
    23 100.0 step_begin A by=B
    24 100.0 got Q op=asyncio.Queue.get
    25 100.0 step_end A flags=1 outcome=cancelled
  `);
  assert.deepEqual(waitLines(trace), [
    'giver asyncio.sleep - 16..20 ok held - woken -@?',
    'asker asyncio.Queue.get object 0 13..24 ok held - woken giver@21',
  ]);
  assert.deepEqual(unitLines(trace).slice(3), [
    'task asker in MainThread by MainThread 12..25 cancelled',
    'task giver in MainThread by MainThread 15..22 finished',
  ]);
});

test("an eager task's step lies inside that of the task which made it", () => {
  const trace = read(`
    10 100.0 task_create A name="outer"
    11 100.0 step_begin A
    12 100.0 task_create B name="inner" flags=1
    13 100.0 step_begin B
    14 100.0 step_end B op=asyncio.sleep
    15 100.0 enter 0 site=prog.py:1@after
    16 100.0 leave 0 site=prog.py:1@after
    17 100.0 step_end A flags=1
  `);
  assert.deepEqual(spanLines(trace).slice(0, 3), [
    'inner step 13..14 depth 0 flags 8',
    'outer after 15..16 depth 1 flags 0',
    'outer step 11..17 depth 0 flags 8',
  ]);
  assert.match(unitLines(trace)[4]!, /^task inner in MainThread by outer 13/);
});

test('a semaphore that one takes and another gives back; a re-entrant lock that is taken twice', () => {
  const trace = read(`
    10 100.0 acquire S op=threading.Semaphore
    12 100.0 acquire R op=threading.RLock
    13 100.0 acquire R op=threading.RLock
    14 100.0 release R op=threading.RLock
    15 100.1 release S op=threading.Semaphore
    16 100.0 release R op=threading.RLock
    17 100.0 name S text="S"
    18 100.0 name R text="R"
  `);
  assert.deepEqual(holdLines(trace), ['MainThread R 12..16', 'MainThread S 10..15']);
});

test('when a process is killed, what it did is cut off at the last that is known', () => {
  const files = drawTrace(`${BEGIN}
    10 100.1 enter 0 site=prog.py:1@work
    11 100.1 wait L op=threading.Lock holder=Main
    20 100.0 enter 0 site=prog.py:9@main
  `);
  files.set('end.json', new TextEncoder().encode('{"exitCode":-9,"startNs":1,"endNs":5,"how":"killed"}'));
  const trace = readWhole(files);
  assert.deepEqual(unitLines(trace), [
    'process process 100 in - by - 0..20 killed',
    'thread MainThread in process 100 by - 0..20 killed',
    'thread worker in process 100 by MainThread 2..20 killed',
  ]);
  assert.deepEqual(waitLines(trace), ['worker threading.Lock object 0 11..20 ok cut off held MainThread woken -@?']);
  assert.deepEqual(spanLines(trace), [
    'worker work 10..20 depth 0 flags 32',
    'MainThread main 20..20 depth 0 flags 32',
  ]);
  assert.equal(trace.run.exitCode, -9);
  assert.ok(trace.problems.some(({ text }) => text.startsWith('The program was killed by signal 9;')));
  assert.equal(trace.run.wallNs, 4);
});

test('a program that does not record itself lives from its start to the wait that saw its end', () => {
  const trace = read(`
    10 100.0 process_create C pid=300 site=prog.py:3@main
    11 100.0 name C text="ls"
    12 100.0 wait C op=subprocess.Popen.wait
    30 100.0 got C op=subprocess.Popen.wait
    40 100.0 process_end P
  `);
  assert.match(unitLines(trace)[3]!, /^process ls in process 100 by MainThread 10..30 finished$/);
  assert.deepEqual(waitLines(trace), ['MainThread subprocess.Popen.wait ls 12..30 ok held - woken ls@30']);
});

test('two forked children do not mix up what they made under the same number', () => {
  const trace = readWhole(
    drawTrace(`
     0 100.0 process_begin P how=program parent=1
     0 100.0 thread_begin Main tid=100 flags=1
     1 100.0 object Shared op=threading.Lock name="shared" site=prog.py:1
     2 100.0 process_create A pid=200
     3 100.0 process_create B pid=300
     4 200.5 process_begin PA how=fork parent=100
     4 200.5 thread_begin MA tid=200 flags=1
     5 200.5 object Mine op=threading.Lock name="of a" site=a.py:1@in_a
     6 200.5 acquire Mine op=threading.Lock site=a.py:2@in_a
     7 200.5 release Mine op=threading.Lock site=a.py:3@in_a
     8 200.5 acquire Shared op=threading.Lock
     9 200.5 release Shared op=threading.Lock
     4 300.5 process_begin PB how=fork parent=100
     4 300.5 thread_begin MB tid=300 flags=1
     5 300.5 object Mine op=threading.Lock name="of b" site=b.py:1@in_b
     6 300.5 acquire Mine op=threading.Lock site=b.py:2@in_b
     7 300.5 release Mine op=threading.Lock site=b.py:3@in_b
     8 100.0 object Late op=threading.Lock name="of the parent" site=p.py:1@in_p
     9 100.0 acquire Late op=threading.Lock site=p.py:2@in_p
    10 100.0 release Late op=threading.Lock site=p.py:3@in_p
    `),
  );
  assert.deepEqual(holdLines(trace).sort(), [
    'MainThread of a 6..7',
    'MainThread of b 6..7',
    'MainThread of the parent 9..10',
    'MainThread shared 8..9',
  ]);
  assert.deepEqual(trace.objects.map(({ name, site }) => `${name} ${trace.sites[site - 1]?.file}`).sort(), [
    'of a a.py',
    'of b b.py',
    'of the parent p.py',
    'shared prog.py',
  ]);
  assert.deepEqual(unitLines(trace).filter((line) => line.startsWith('process')).length, 3);
});

test("a wait for any child tells at its end which one it was; a child's exit status tells how it ended", () => {
  const trace = read(`
    10 100.0 process_create A pid=200
    11 100.0 process_create B pid=300
    12 200.5 process_begin PA how=fork parent=100
    13 300.5 process_begin PB how=forkserver parent=100 copyOf=100
    20 100.0 wait 0 op=os.waitpid
    25 300.5 process_end PB outcome=failed status=3
    30 100.0 got B op=os.waitpid
    40 200.5 process_end PA
  `);
  assert.deepEqual(waitLines(trace), ['MainThread os.waitpid process 300 20..30 ok held - woken process 300@25']);
  assert.deepEqual(unitLines(trace).slice(3), [
    'process process 200 in process 100 by MainThread 12..40 finished',
    'process process 300 in process 100 by MainThread 13..25 failed',
  ]);
});

test('a pipe: what was sent ends the wait to receive, what was received the wait to send', () => {
  const trace = read(`
    10 100.1 wait !C op=multiprocessing.Connection.recv
    20 100.0 signal !C op=multiprocessing.Connection.send
    21 100.0 wait !C op=multiprocessing.Connection.send
    22 100.1 got !C op=multiprocessing.Connection.recv
    23 100.0 got !C op=multiprocessing.Connection.send
  `);
  assert.deepEqual(waitLines(trace), [
    'worker multiprocessing.Connection.recv object 0 10..22 ok held - woken MainThread@20',
    'MainThread multiprocessing.Connection.send object 0 21..23 ok held - woken worker@22',
  ]);
});
