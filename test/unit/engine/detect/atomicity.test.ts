import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawTrace } from '../../../support/drawTrace';
import { readWhole } from '../../../support/readTrace';

const BEGIN = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   1 100.0 thread_create A name="Ada" site=prog.py:50@main
   2 100.0 thread_create B name="Bob" site=prog.py:51@main
   3 100.1 thread_begin A tid=101
   3 100.2 thread_begin B tid=102
   4 100.1 variable C op=variable.instance type="Account"
   5 100.0 task_create T name="first"
   5 100.0 task_create U name="second"
`;

interface Case {
  readonly name: string;
  readonly drawing: string;
  /** `rule lines`: all findings, in order. */
  readonly found: readonly string[];
}

const GET = 'op=attribute.read site=prog.py:5@get text="self.money"';
const SET = 'op=attribute.write site=prog.py:9@set text="self.money" written=expression';
const RESET = 'op=attribute.write site=prog.py:10@reset text="self.money" written=constant';

/** A section of the lock K by the thread of a stream, with one access in it. */
function section(time: number, stream: number, access: string): string {
  return `${time} 100.${stream} acquire K op=threading.Lock
          ${time + 1} 100.${stream} access C ${access}
          ${time + 2} 100.${stream} release K op=threading.Lock
`;
}

const CHECK = 'op=attribute.read site=prog.py:20@token text="self.token" is=test';
const RENEW =
  'op=attribute.write site=prog.py:22@token text="self.token" is=condition,switch,await reads=prog.py:20@token written=expression';

/** A step of a task, with one access in it. */
function step(time: number, task: string, access: string): string {
  return `${time} 100.0 step_begin ${task}
          ${time + 1} 100.0 access C ${access}
          ${time + 2} 100.0 step_end ${task} op=asyncio.sleep
`;
}

const CHILDREN = `
   6 100.0 variable M op=variable.module type="__main__"
   7 100.0 process_create Q pid=200
   8 200.9 process_begin PQ how=fork parent=100
   8 200.9 thread_begin MQ tid=200 flags=1
`;
const CHILD_WRITE = 'op=name.update site=prog.py:30@work text="total" is=value,global';
const PARENT_READ = 'op=name.read site=prog.py:35@main text="total" is=global';

const HAS = 'op=container.contains site=prog.py:40@has text="self.rows" field=""';
const TAKE = 'op=item.read site=prog.py:42@get text="self.rows[k]" field="k"';
const TAKE_TESTED = 'op=container.contains site=prog.py:43@get text="self.rows" field="" is=test';
const DROP = 'op=item.delete site=prog.py:44@drop text="self.rows[k]" field="k"';
const IS_OPEN = 'op=attribute.read site=prog.py:45@send text="self.open" is=test';
const USE_OPEN = 'op=attribute.read site=prog.py:46@send text="self.open"';
const CLOSE = 'op=attribute.write site=prog.py:47@close text="self.open" written=constant';
const STORE = 'op=attribute.write site=prog.py:48@work text="self.result" written=expression';
const SHOW = 'op=attribute.read site=prog.py:49@work text="self.result"';
const STORE_OTHER = 'op=attribute.write site=prog.py:51@other text="self.result" written=expression';
const COUNT = 'op=attribute.update site=prog.py:52@other text="self.result" is=value';
const ROWS = `
   4 100.1 variable D op=variable.dict type="dict"
   4 100.1 variable Ka op=variable.item of=D key="'a'"
   4 100.1 variable Kb op=variable.item of=D key="'b'"
`;

/** A section of the lock, as above, about an item. */
function itemSection(time: number, stream: number, item: string, access: string): string {
  return section(time, stream, access).replace('access C', `access ${item}`);
}

const CASES: readonly Case[] = [
  {
    name: 'an item that was there is taken away before it is taken',
    drawing: ROWS + itemSection(10, 1, 'Ka', HAS) + itemSection(14, 2, 'Ka', DROP) + itemSection(18, 1, 'Ka', TAKE),
    found: ['atomicity.triple 42,40,44'],
  },
  {
    name: 'another item is taken away',
    drawing: ROWS + itemSection(10, 1, 'Ka', HAS) + itemSection(14, 2, 'Kb', DROP) + itemSection(18, 1, 'Ka', TAKE),
    found: [],
  },
  {
    name: 'it is looked for again',
    drawing:
      ROWS + itemSection(10, 1, 'Ka', HAS) + itemSection(14, 2, 'Ka', DROP) + itemSection(18, 1, 'Ka', TAKE_TESTED),
    found: [],
  },
  {
    name: 'it is taken away after it was taken',
    drawing: ROWS + itemSection(10, 1, 'Ka', HAS) + itemSection(14, 1, 'Ka', TAKE) + itemSection(18, 2, 'Ka', DROP),
    found: [],
  },
  {
    name: 'what was tested is set to nothing before it is used',
    drawing: section(10, 1, IS_OPEN) + section(14, 2, CLOSE) + section(18, 1, USE_OPEN),
    found: ['atomicity.triple 46,45,47'],
  },
  {
    name: 'what was stored is overwritten before it is read',
    drawing: section(10, 1, STORE) + section(14, 2, STORE_OTHER) + section(18, 1, SHOW),
    found: ['atomicity.triple 49,48,51'],
  },
  {
    name: 'a counter that others count up as well',
    drawing: section(10, 1, STORE) + section(14, 2, COUNT) + section(18, 1, SHOW),
    found: [],
  },
  {
    name: 'an outer lock is held all the time',
    drawing: `9 100.1 acquire O op=threading.Lock
      ${section(10, 1, IS_OPEN) + section(14, 2, CLOSE) + section(18, 1, USE_OPEN)}
      22 100.1 release O op=threading.Lock`,
    found: [],
  },
  {
    name: 'read in one section, written in the next, by two threads',
    drawing: section(10, 1, GET) + section(14, 1, SET) + section(20, 2, GET) + section(24, 2, SET),
    found: ['atomicity.split-section 9,5'],
  },
  {
    name: 'the same, by two calls in one function, which are told as well',
    drawing:
      `8 100.1 call from=prog.py:13@deposit site=prog.py:5@get
       8 100.1 call from=prog.py:14@deposit site=prog.py:9@set
       8 100.1 call from=prog.py:70@show site=prog.py:5@get
` +
      section(10, 1, GET) +
      section(14, 1, SET) +
      section(20, 2, GET) +
      section(24, 2, SET),
    found: ['atomicity.split-section 9,5,13,14'],
  },
  {
    name: 'by one thread alone it is no harm',
    drawing: section(10, 1, GET) + section(14, 1, SET) + section(20, 1, GET) + section(24, 1, SET),
    found: [],
  },
  {
    name: 'a write that rests on nothing',
    drawing: section(10, 1, GET) + section(14, 1, RESET) + section(20, 2, GET) + section(24, 2, RESET),
    found: [],
  },
  {
    name: 'read again in the section of the write',
    drawing: [1, 2]
      .map(
        (stream) =>
          section(stream * 20, stream, GET) +
          `${stream * 20 + 4} 100.${stream} acquire K op=threading.Lock
           ${stream * 20 + 5} 100.${stream} access C op=attribute.read site=prog.py:8@set text="self.money"
           ${stream * 20 + 6} 100.${stream} access C ${SET}
           ${stream * 20 + 7} 100.${stream} release K op=threading.Lock
`,
      )
      .join(''),
    found: [],
  },
  {
    name: 'what was done between two calls makes them two things',
    drawing: [1, 2]
      .map(
        (stream) =>
          section(stream * 20, stream, GET) +
          `${stream * 20 + 4} 100.${stream} acquire Q op=queue.Queue.get\n` +
          section(stream * 20 + 5, stream, SET),
      )
      .join(''),
    found: [],
  },
  {
    name: 'decided before an await, done after it, by two tasks',
    drawing: step(10, 'T', CHECK) + step(14, 'U', CHECK) + step(20, 'T', RENEW) + step(24, 'U', RENEW),
    found: ['atomicity.await 22,20'],
  },
  {
    name: 'one task after the other',
    drawing:
      step(10, 'T', CHECK) +
      '14 100.0 step_begin T\n15 100.0 access C ' +
      RENEW +
      '\n16 100.0 step_end T flags=1\n' +
      step(20, 'U', CHECK) +
      step(24, 'U', RENEW),
    found: [],
  },
  {
    name: 'under a lock of asyncio the second task waits',
    drawing: `10 100.0 step_begin T
              11 100.0 acquire Z op=asyncio.Lock
              12 100.0 access C ${CHECK}
              13 100.0 step_end T op=asyncio.sleep
              14 100.0 step_begin U
              15 100.0 wait Z op=asyncio.Lock
              16 100.0 step_end U op=asyncio.Lock
              17 100.0 step_begin T
              18 100.0 access C ${RENEW}
              19 100.0 release Z op=asyncio.Lock
              20 100.0 step_end T flags=1
              21 100.0 step_begin U
              22 100.0 got Z op=asyncio.Lock
              23 100.0 access C ${CHECK}
              24 100.0 step_end U op=asyncio.sleep
              25 100.0 step_begin U
              26 100.0 access C ${RENEW}
              27 100.0 release Z op=asyncio.Lock
              28 100.0 step_end U flags=1`,
    found: [],
  },
  {
    name: 'a global that a child writes and its parent reads',
    drawing: `${CHILDREN}
      10 200.9 variable MC op=variable.module type="__main__"
      11 200.9 access MC ${CHILD_WRITE}
      20 100.0 access M ${PARENT_READ}`,
    found: ['process.lost-write 30,35'],
  },
  {
    name: 'a global that each process writes for itself',
    drawing: `${CHILDREN}
      10 200.9 variable MC op=variable.module type="__main__"
      11 200.9 access MC ${CHILD_WRITE}
      19 100.0 access M ${CHILD_WRITE}
      20 100.0 access M ${PARENT_READ}`,
    found: [],
  },
  {
    name: 'a shared value that two processes update',
    drawing: `${CHILDREN}${[
      [10, '200.9'],
      [20, '100.0'],
    ]
      .map(
        ([time, place]) => `
      ${time} ${place} acquire !V op=multiprocessing.Value.get_lock site=prog.py:40:1@work
      ${Number(time) + 1} ${place} release !V op=multiprocessing.Value.get_lock site=prog.py:40:1@work flags=1
      ${Number(time) + 2} ${place} acquire !V op=multiprocessing.Value.get_lock site=prog.py:40:2@work
      ${Number(time) + 3} ${place} release !V op=multiprocessing.Value.get_lock site=prog.py:40:2@work flags=2`,
      )
      .join('')}`,
    found: ['atomicity.value 40'],
  },
  {
    name: 'a shared value that is read on one line and set on another',
    drawing: `${CHILDREN}${[
      [10, '200.9'],
      [20, '100.0'],
    ]
      .map(
        ([time, place]) => `
      ${time} ${place} acquire !V op=multiprocessing.Value.get_lock site=prog.py:40@work
      ${Number(time) + 1} ${place} release !V op=multiprocessing.Value.get_lock site=prog.py:40@work flags=1
      ${Number(time) + 2} ${place} acquire !V op=multiprocessing.Value.get_lock site=prog.py:41@work
      ${Number(time) + 3} ${place} release !V op=multiprocessing.Value.get_lock site=prog.py:41@work flags=2`,
      )
      .join('')}`,
    found: [],
  },
];

for (const { name, drawing, found } of CASES) {
  test(name, () => {
    const trace = readWhole(drawTrace(BEGIN + drawing));
    const lines = trace.findings.map(({ rule, locations }) => {
      const places = locations.map(({ site }) => trace.sites[site - 1]?.line);
      return `${rule} ${[...new Set(places)].join(',')}`;
    });
    assert.deepEqual(lines, found);
  });
}
