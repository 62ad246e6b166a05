import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DrawOptions, drawTrace } from '../../../support/drawTrace';
import { readWhole } from '../../../support/readTrace';

/** Two threads, `Ada` and `Bob`, that main starts. */
const BEGIN = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   1 100.0 thread_create A name="Ada" site=prog.py:50@main
   2 100.0 thread_create B name="Bob" site=prog.py:51@main
   3 100.1 thread_begin A tid=101
   3 100.2 thread_begin B tid=102
   4 100.1 variable C op=variable.instance type="Counter"
   4 100.1 variable D op=variable.dict type="dict"
   4 100.1 variable L op=variable.list type="list"
   4 100.1 variable S op=variable.set type="set"
   4 100.1 variable G op=variable.iterator type="generator"
   4 100.1 variable I op=variable.iterator type="list_iterator"
   4 100.1 variable X op=variable.confined type="sqlite3.Connection"
   4 100.1 variable F op=variable.confined type="_io.TextIOWrapper"
`;

interface Case {
  readonly name: string;
  readonly drawing: string;
  /** `rule grade lines`: all findings, in order. */
  readonly found: readonly string[];
  readonly options?: DrawOptions;
}

function findings(drawing: string, options?: DrawOptions): string[] {
  const trace = readWhole(drawTrace(BEGIN + drawing, options));
  return trace.findings.map(({ rule, grade, locations }) => {
    const lines = locations
      .filter(({ role }) => !role.startsWith('starts'))
      .map(({ site }) => trace.sites[site - 1]?.line);
    return `${rule} ${grade} ${[...new Set(lines)].join(',')}`;
  });
}

const UPDATE = 'op=attribute.update site=prog.py:5@add text="self.total" is=value,switch';
const PLAIN_UPDATE = 'op=attribute.update site=prog.py:5@add text="self.total" is=value';
const READ = 'op=attribute.read site=prog.py:8@show text="self.total"';
const STORE = 'op=attribute.write site=prog.py:9@set text="self.total" written=expression';
const TEST_NONE = 'op=attribute.read site=prog.py:11@get text="self.conn" is=test';
const MAKE =
  'op=attribute.write site=prog.py:12@get text="self.conn" is=condition,switch reads=prog.py:11@get written=made';
const MAKE_LOCK =
  'op=attribute.write site=prog.py:13@get text="self.conn" is=condition,switch reads=prog.py:11@get written=synchroniser';
const IN_DICT = 'op=container.contains site=prog.py:20@take text="self.items" field="" is=test';
const DELETE =
  'op=item.delete site=prog.py:22@take text="self.items[k]" field="k" is=condition,switch reads=prog.py:20@take';
const PUT = 'op=item.write site=prog.py:25@put text="self.items[k]" field="k" written=expression';
const WALK = 'op=container.iterate site=prog.py:30@walk text="self.items" field=""';
const APPEND = 'op=container.call site=prog.py:35@put text="self.queue" field=append';
const NEXT = 'op=iterator.advance site=prog.py:40@take text="self.source" field=""';
const LOOP = 'op=container.iterate site=prog.py:41@walk text="self.source" field=""';
const EXECUTE = 'op=object.call site=prog.py:42@save text="self.db" field=execute';
const COMMIT = 'op=object.call site=prog.py:43@save text="self.db" field=commit';
const SEEK = 'op=object.call site=prog.py:44@load text="self.file" field=seek';
const WRITE_FILE = 'op=object.call site=prog.py:45@store text="self.file" field=write';
const SORT = 'op=container.call site=prog.py:46@rank text="self.scores" field=sort';
const SORT_BY = 'op=container.call site=prog.py:47@rank text="self.scores" field=sort is=switch';
const LENGTH = 'op=container.length site=prog.py:48@best text="self.scores" field=""';
const FIRST = 'op=item.read site=prog.py:49@best text="self.scores[0]" field="0"';
const INSERT = 'op=container.call site=prog.py:52@put text="self.scores" field=insert';
const REMOVE = 'op=container.call site=prog.py:53@drop text="self.scores" field=remove';
const REVERSE = 'op=container.call site=prog.py:54@turn text="self.scores" field=reverse';
const REPLACE = 'op=item.write site=prog.py:55@fill text="self.scores[:]" field=":" written=expression';
const HAS = 'op=container.contains site=prog.py:56@has text="self.scores" field=""';
const ROTATE = 'op=container.call site=prog.py:57@turn text="self.scores" field=rotate';
const GET = 'op=container.call site=prog.py:58@get text="self.items" field=get is=test';
const POP =
  'op=container.call site=prog.py:59@get text="self.items" field=pop is=condition,switch reads=prog.py:58@get';
const HAS_KEY = 'op=container.contains site=prog.py:60@add text="self.items" field="" is=test';
const PUT_KEY =
  'op=item.write site=prog.py:61@add text="self.items[k]" field="k" written=expression is=condition,switch reads=prog.py:60@add';
const KEYS = `
   5 100.1 variable Ka op=variable.item of=D key="'a'"
   5 100.1 variable Kb op=variable.item of=D key="'b'"
`;

/** One thread does the one thing, then the other the other. */
function both(first: string, second: string): string {
  return `10 100.1 access ${first}
          11 100.2 access ${second}`;
}

const CASES: readonly Case[] = [
  {
    name: 'a sort and a look, with the GIL',
    drawing: both(`L ${SORT}`, `L ${LENGTH}`),
    found: ['race.reorder latent 46,48'],
  },
  {
    name: 'a sort by a function of its own and a look',
    drawing: both(`L ${SORT_BY}`, `L ${LENGTH}`),
    found: ['race.reorder real 47,48'],
  },
  {
    name: 'a sort and an append, without the GIL',
    drawing: both(`L ${APPEND}`, `L ${SORT}`),
    found: ['race.reorder real 46,35'],
    options: { gil: false },
  },
  {
    name: 'an insert and a look at a place',
    drawing: both(`L ${INSERT}`, `L ${FIRST}`),
    found: ['race.reorder latent 52,49'],
  },
  {
    name: 'a removal and a search, without the GIL',
    drawing: both(`L ${HAS}`, `L ${REMOVE}`),
    found: ['race.reorder real 53,56'],
    options: { gil: false },
  },
  {
    name: 'a list that is turned round and walked',
    drawing: both(`L ${REVERSE}`, `L ${WALK}`),
    found: ['race.reorder latent 54,30'],
  },
  {
    name: 'a slice that is replaced, and a look at a place',
    drawing: both(`L ${REPLACE}`, `L ${FIRST}`),
    found: ['race.reorder latent 55,49'],
  },
  { name: 'an insert and a length', drawing: both(`L ${INSERT}`, `L ${LENGTH}`), found: [] },
  { name: 'an insert and an append', drawing: both(`L ${INSERT}`, `L ${APPEND}`), found: [] },
  {
    name: 'a deque that is rotated while another thread walks over it',
    drawing: `   5 100.1 variable Q op=variable.deque type="deque"
    ${both(`Q ${WALK}`, `Q ${ROTATE}`)}`,
    found: ['race.iteration real 30,57'],
  },
  { name: 'a removal from a set and a search', drawing: both(`S ${REMOVE}`, `S ${HAS}`), found: [] },
  {
    name: 'two threads that look up a key and take it, each its own',
    drawing: `${KEYS} 10 100.1 access Ka ${GET}
      11 100.2 access Kb ${GET}
      12 100.1 access Ka ${POP}
      13 100.2 access Kb ${POP}`,
    found: [],
  },
  {
    name: 'two threads that look up a key and take it, the same',
    drawing: `${KEYS} 10 100.1 access Ka ${GET}
      11 100.2 access Ka ${GET}
      12 100.1 access Ka ${POP}
      13 100.2 access Ka ${POP}`,
    found: ['race.check-then-act real 59,58'],
  },
  {
    name: 'two threads that test for a key and put it, each its own',
    drawing: `${KEYS} 10 100.1 access Ka ${HAS_KEY}
      11 100.2 access Kb ${HAS_KEY}
      12 100.1 access Ka ${PUT_KEY}
      13 100.2 access Kb ${PUT_KEY}`,
    found: [],
  },
  {
    name: 'two threads that test for a key and put it, the same',
    drawing: `${KEYS} 10 100.1 access Ka ${HAS_KEY}
      11 100.2 access Ka ${HAS_KEY}
      12 100.1 access Ka ${PUT_KEY}
      13 100.2 access Ka ${PUT_KEY}`,
    found: ['race.check-then-act real 61,60'],
  },
  {
    name: 'a generator that two threads advance',
    drawing: `10 100.1 access G ${NEXT}
              11 100.2 access G ${LOOP}`,
    found: ['race.iterator real 40,41'],
  },
  {
    name: 'a generator that two threads advance under one lock',
    drawing: `10 100.1 acquire K op=threading.Lock site=prog.py:1@take
              11 100.1 access G ${NEXT}
              12 100.1 release K op=threading.Lock
              13 100.2 acquire K op=threading.Lock site=prog.py:1@take
              14 100.2 access G ${NEXT}
              15 100.2 release K op=threading.Lock`,
    found: [],
  },
  {
    name: 'a built-in iterator that two threads advance, with the GIL',
    drawing: `10 100.1 access I ${NEXT}
              11 100.2 access I ${NEXT}`,
    found: ['race.iterator latent 40'],
  },
  {
    name: 'a built-in iterator that two threads advance, without',
    drawing: `10 100.1 access I ${NEXT}
              11 100.2 access I ${NEXT}`,
    found: ['race.iterator real 40'],
    options: { gil: false },
  },
  {
    name: 'a connection that two threads use: one finding for a function',
    drawing: `10 100.1 access X ${EXECUTE}
              11 100.1 access X ${COMMIT}
              12 100.2 access X ${EXECUTE}
              13 100.2 access X ${COMMIT}`,
    found: ['race.confined real 42'],
  },
  {
    name: 'a connection that goes from one thread to the other by a queue',
    drawing: `10 100.1 access X ${EXECUTE}
              11 100.1 signal Q op=queue.Queue.put site=prog.py:1@give
              12 100.2 wait Q op=queue.Queue.get site=prog.py:2@take
              13 100.2 got Q op=queue.Queue.get site=prog.py:2@take
              14 100.2 access X ${EXECUTE}`,
    found: [],
  },
  {
    name: 'a file in which one thread seeks and the other writes',
    drawing: `10 100.1 access F ${SEEK}
              11 100.2 access F ${WRITE_FILE}`,
    found: ['race.confined real 44,45'],
  },
  {
    name: 'a file to which both write',
    drawing: `10 100.1 access F ${WRITE_FILE}
              11 100.2 access F ${WRITE_FILE}`,
    found: [],
  },
  {
    name: 'two updates that nothing orders',
    drawing: `10 100.1 access C ${UPDATE}
              11 100.2 access C ${UPDATE}`,
    found: ['race.data real 5'],
  },
  {
    name: 'the GIL hides an update without a call in it',
    drawing: `10 100.1 access C ${PLAIN_UPDATE}
              11 100.2 access C ${PLAIN_UPDATE}`,
    found: ['race.data latent 5'],
  },
  {
    name: 'without the GIL it does not',
    drawing: `10 100.1 access C ${PLAIN_UPDATE}
              11 100.2 access C ${PLAIN_UPDATE}`,
    options: { gil: false },
    found: ['race.data real 5'],
  },
  {
    name: 'what was told late is a race as well',
    drawing: `12 100.2 access C ${UPDATE} by=A
              13 100.2 access C ${UPDATE}`,
    found: ['race.data real 5'],
  },
  {
    name: 'one lock over each of two updates',
    drawing: `10 100.1 acquire K op=threading.Lock
              11 100.1 access C ${UPDATE}
              12 100.1 release K op=threading.Lock
              13 100.2 acquire K op=threading.Lock
              14 100.2 access C ${UPDATE}
              15 100.2 release K op=threading.Lock`,
    found: [],
  },
  {
    name: 'two locks do not order',
    drawing: `10 100.1 acquire K op=threading.Lock
              11 100.1 access C ${UPDATE}
              12 100.1 release K op=threading.Lock
              13 100.2 acquire M op=threading.Lock
              14 100.2 access C ${UPDATE}
              15 100.2 release M op=threading.Lock`,
    found: ['race.data real 5'],
  },
  {
    name: 'an update in two steps: what is read does not order what is then written',
    drawing: [1, 2]
      .map(
        (stream) => `
          ${stream * 10} 100.${stream} access C op=attribute.read site=prog.py:5:20@add text="self.total"
          ${stream * 10 + 1} 100.${stream} access C op=attribute.write site=prog.py:5:8@add text="self.total" is=value,switch reads=prog.py:5:20@add written=expression`,
      )
      .join('\n'),
    found: ['race.data real 5'],
  },
  {
    name: 'what was told late is seen by who read it, but not what came after it',
    drawing: `20 100.2 access C op=attribute.write site=prog.py:6@add text="self.ready" written=constant by=A
              30 100.2 access C op=attribute.read site=prog.py:7@wait text="self.ready" is=test
              19 100.2 access C ${UPDATE} by=A
              31 100.2 access C ${UPDATE}
              25 100.2 access C op=attribute.update site=prog.py:15@late text="self.other" is=value,switch by=A
              32 100.2 access C op=attribute.update site=prog.py:15@late text="self.other" is=value,switch`,
    found: ['race.data real 15'],
  },
  {
    name: 'an update and a store',
    drawing: `10 100.1 access C ${UPDATE}
              11 100.2 access C ${STORE}`,
    found: ['race.data real 5,9'],
  },
  {
    name: 'a store and a read are each one step',
    drawing: `10 100.1 access C ${STORE}
              11 100.2 access C ${READ}`,
    found: [],
  },
  {
    name: 'a join orders',
    drawing: `10 100.1 access C ${UPDATE}
              11 100.1 thread_end A
              12 100.2 acquire A op=threading.Thread.join
              13 100.2 access C ${UPDATE}`,
    found: [],
  },
  {
    name: 'a start orders',
    drawing: `10 100.0 access C ${UPDATE}
              11 100.0 thread_create E name="Eve"
              12 100.3 thread_begin E tid=103
              13 100.3 access C ${UPDATE}`,
    found: [],
  },
  {
    name: 'what goes through a queue is handed over',
    drawing: `10 100.1 access C ${UPDATE}
              11 100.1 signal Q op=queue.Queue.put
              12 100.2 acquire Q op=queue.Queue.get
              13 100.2 access C ${UPDATE}`,
    found: [],
  },
  {
    name: 'two that take from one queue are not ordered by it',
    drawing: `10 100.0 signal Q op=queue.Queue.put
              11 100.0 signal Q op=queue.Queue.put
              12 100.1 acquire Q op=queue.Queue.get
              13 100.1 access C ${UPDATE}
              14 100.1 signal Q op=queue.Queue.task_done
              15 100.2 acquire Q op=queue.Queue.get
              16 100.2 access C ${UPDATE}`,
    found: ['race.data real 5'],
  },
  {
    name: 'who waits for all work of a queue sees it done',
    drawing: `10 100.1 acquire Q op=queue.Queue.get
              11 100.1 access C ${UPDATE}
              12 100.1 signal Q op=queue.Queue.task_done
              13 100.0 acquire Q op=queue.Queue.join
              14 100.0 access C ${UPDATE}`,
    found: [],
  },
  {
    name: 'an event',
    drawing: `10 100.1 access C ${UPDATE}
              11 100.1 signal E op=threading.Event.set
              12 100.2 acquire E op=threading.Event.wait
              13 100.2 access C ${UPDATE}`,
    found: [],
  },
  {
    name: 'an event that is cleared tells nothing',
    drawing: `10 100.1 access C ${UPDATE}
              11 100.1 signal E op=threading.Event.clear
              12 100.2 acquire E op=threading.Event.wait
              13 100.2 access C ${UPDATE}`,
    found: ['race.data real 5'],
  },
  {
    name: 'a barrier between two phases',
    drawing: `10 100.1 access C ${UPDATE}
              11 100.1 wait R op=threading.Barrier.wait
              12 100.2 signal R op=threading.Barrier.wait
              13 100.2 access C ${UPDATE}
              14 100.1 got R op=threading.Barrier.wait`,
    found: [],
  },
  {
    name: 'in the same phase a barrier does not order',
    drawing: `10 100.1 wait R op=threading.Barrier.wait
              11 100.2 signal R op=threading.Barrier.wait
              12 100.2 access C ${UPDATE}
              13 100.1 got R op=threading.Barrier.wait
              14 100.1 access C ${UPDATE}`,
    found: ['race.data real 5'],
  },
  {
    name: 'a job: submitted, run, its result taken',
    drawing: `10 100.0 access C ${UPDATE}
              11 100.0 job_submit !J executor=X
              12 100.1 job_begin !J name="work"
              13 100.1 access C ${UPDATE}
              14 100.1 job_end !J
              15 100.0 acquire !J op=concurrent.futures.Future.result
              16 100.0 access C ${UPDATE}`,
    found: [],
  },
  {
    name: 'hand over hand: each node is updated under its own lock',
    drawing: `10 100.1 acquire K op=threading.Lock
              11 100.1 access C ${UPDATE}
              12 100.1 acquire M op=threading.Lock
              13 100.1 release K op=threading.Lock
              14 100.2 acquire K op=threading.Lock
              15 100.2 access C ${UPDATE}
              16 100.1 release M op=threading.Lock
              17 100.2 acquire M op=threading.Lock`,
    found: [],
  },
  {
    name: 'who reads a flag that another set comes after what that one did before',
    drawing: `10 100.1 access C ${UPDATE}
              11 100.1 access C op=attribute.write site=prog.py:6@add text="self.ready" written=constant
              12 100.2 access C op=attribute.read site=prog.py:7@wait text="self.ready" is=test
              13 100.2 access C ${UPDATE}`,
    found: [],
  },
  {
    name: 'and not after what that one does later',
    drawing: `10 100.1 access C op=attribute.write site=prog.py:6@add text="self.ready" written=constant
              11 100.2 access C op=attribute.read site=prog.py:7@wait text="self.ready" is=test
              12 100.1 access C ${UPDATE}
              13 100.2 access C ${UPDATE}`,
    found: ['race.data real 5'],
  },
  {
    name: 'made on first use by whoever comes first',
    drawing: `10 100.1 access C ${TEST_NONE}
              11 100.1 access C ${MAKE}
              12 100.2 access C ${TEST_NONE}`,
    found: ['race.lazy-init real 12,11'],
  },
  {
    name: 'made by one, who also takes it back, while another only looks',
    drawing: `10 100.1 access C ${TEST_NONE}
              11 100.1 access C ${MAKE}
              12 100.1 access C ${STORE.replace('self.total', 'self.conn')}
              13 100.2 access C ${TEST_NONE}`,
    found: ['race.lazy-init real 12,11'],
  },
  {
    name: 'made by one before the other looks, and replaced by a third: who only looks does not act',
    drawing: `10 100.1 acquire K op=threading.Lock
              11 100.1 access C ${TEST_NONE}
              12 100.1 access C ${MAKE}
              13 100.1 release K op=threading.Lock
              14 100.0 acquire K op=threading.Lock
              15 100.0 release K op=threading.Lock
              17 100.2 acquire K op=threading.Lock
              18 100.2 release K op=threading.Lock
              19 100.0 access C ${TEST_NONE}
              20 100.2 access C ${STORE.replace('self.total', 'self.conn')}`,
    found: [],
  },
  {
    name: 'a lock that is made on first use',
    drawing: `10 100.1 access C ${TEST_NONE}
              11 100.1 access C ${MAKE_LOCK}
              12 100.2 access C ${TEST_NONE}`,
    found: ['race.lazy-init real 13,11'],
  },
  {
    name: 'checked twice: without the lock, and again with it',
    drawing: `10 100.1 access C op=attribute.read site=prog.py:14@get text="self.conn" is=test
              11 100.1 acquire K op=threading.Lock
              12 100.1 access C ${TEST_NONE}
              13 100.1 access C op=attribute.write site=prog.py:15@get text="self.conn" is=condition,section,switch reads=prog.py:11@get written=made
              14 100.1 release K op=threading.Lock
              15 100.2 access C op=attribute.read site=prog.py:14@get text="self.conn" is=test`,
    found: [],
  },
  {
    name: 'tested and then deleted by two',
    drawing: `10 100.1 access D ${IN_DICT}
              11 100.1 access D ${DELETE}
              12 100.2 access D ${IN_DICT}`,
    found: ['race.check-then-act real 22,20'],
  },
  {
    name: 'tested and then deleted by one, while another only adds',
    drawing: `10 100.1 access D ${IN_DICT}
              11 100.1 access D ${DELETE}
              12 100.2 access D ${PUT}`,
    found: [],
  },
  {
    name: 'a loop over a dict that another fills',
    drawing: `10 100.1 access D ${WALK}
              11 100.2 access D ${PUT}`,
    found: ['race.iteration real 30,25'],
  },
  {
    name: 'appends of many threads are atomic',
    drawing: `10 100.1 access L ${APPEND}
              11 100.2 access L ${APPEND}`,
    found: [],
  },
  {
    name: 'stores to keys of their own are atomic',
    drawing: `10 100.1 variable K1 op=variable.item of=D key="1"
              10 100.1 variable K2 op=variable.item of=D key="2"
              11 100.1 access K1 ${PUT}
              12 100.2 access K2 ${PUT}`,
    found: [],
  },
  {
    name: 'updates of one item',
    drawing: `10 100.1 variable K1 op=variable.item of=D key="1"
              11 100.1 access K1 op=item.update site=prog.py:40@count text="self.items[k]" field="k" is=value,switch
              12 100.2 access K1 op=item.update site=prog.py:40@count text="self.items[k]" field="k" is=value,switch`,
    found: ['race.data real 40'],
  },
  {
    name: 'updates of items of their own',
    drawing: `10 100.1 variable K1 op=variable.item of=D key="1"
              10 100.1 variable K2 op=variable.item of=D key="2"
              11 100.1 access K1 op=item.update site=prog.py:40@count text="self.items[k]" field="k" is=value,switch
              12 100.2 access K2 op=item.update site=prog.py:40@count text="self.items[k]" field="k" is=value,switch`,
    found: [],
  },
  {
    name: 'put into one and then another, taken out of both',
    drawing: `10 100.1 access L op=container.call site=prog.py:60@put text="self.keep" field=append
              11 100.1 access S op=container.call site=prog.py:61@put text="self.known" field=add
              12 100.2 access L op=container.call site=prog.py:70@take text="self.keep" field=pop
              13 100.2 access S op=container.call site=prog.py:71@take text="self.known" field=remove`,
    found: ['race.multi-variable real 61,60,71,70'],
  },
  {
    name: 'two attributes changed under a lock and read without it',
    drawing: `10 100.1 acquire K op=threading.Lock
              11 100.1 access C op=attribute.write site=prog.py:80@move text="self.x" written=expression
              12 100.1 access C op=attribute.write site=prog.py:81@move text="self.y" written=expression
              13 100.2 access C op=attribute.read site=prog.py:90@show text="self.x"
              14 100.2 access C op=attribute.read site=prog.py:91@show text="self.y"
              15 100.1 release K op=threading.Lock`,
    found: ['race.multi-variable real 90,91,80,81'],
  },
  {
    name: 'two attributes changed and read under a lock',
    drawing: `10 100.1 acquire K op=threading.Lock
              11 100.1 access C op=attribute.write site=prog.py:80@move text="self.x" written=expression
              12 100.1 access C op=attribute.write site=prog.py:81@move text="self.y" written=expression
              13 100.1 release K op=threading.Lock
              14 100.2 acquire K op=threading.Lock
              15 100.2 access C op=attribute.read site=prog.py:90@show text="self.x"
              16 100.2 access C op=attribute.read site=prog.py:91@show text="self.y"
              17 100.2 release K op=threading.Lock`,
    found: [],
  },
];

for (const { name, drawing, found, options } of CASES) {
  test(name, () => assert.deepEqual(findings(drawing, options), found));
}

test('a race names the variable, both threads with their lines, and where they were started', () => {
  const trace = readWhole(
    drawTrace(`${BEGIN}
      10 100.1 access C ${UPDATE}
      11 100.2 access C ${STORE}`),
  );
  const [race] = trace.findings;
  assert.match(race?.message ?? '', /Ada .*total at prog\.py:5 .*Bob .* at line 9/);
  const starts = race?.locations.filter(({ role }) => role.startsWith('starts')) ?? [];
  assert.deepEqual(
    starts.map(({ site }) => trace.sites[site - 1]?.line),
    [50, 51],
  );
});

test('two threads that do the same are told apart', () => {
  const trace = readWhole(
    drawTrace(`${BEGIN}
      10 100.1 access D ${IN_DICT}
      11 100.1 access D ${DELETE}
      12 100.2 access D ${IN_DICT}`),
  );
  assert.match(trace.findings[0]?.message ?? '', /^Ada acts .* and Bob can/);
});
