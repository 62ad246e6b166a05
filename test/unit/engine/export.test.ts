import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Table } from '../../../common/table';
import { STATE_COLUMNS, THREAD_STATES } from '../../../common/trace';
import { csv } from '../../../src/engine/export/csv';
import { busyEdges } from '../../../src/engine/export/edges';
import { html } from '../../../src/engine/export/html';
import { perfetto } from '../../../src/engine/export/perfetto';
import { svg } from '../../../src/engine/export/svg';
import type { Trace } from '../../../src/engine/trace';
import { drawCores } from '../../support/drawCores';
import { drawTrace } from '../../support/drawTrace';
import { readWhole } from '../../support/readTrace';
import { EVERYTHING } from './everything';

const CORES = '0 0 100/100 on\n 36 0 100/100 off\n 10 1 100/101 on\n 33 1 100/101 exit';
const trace = readWhole(new Map([...drawTrace(EVERYTHING), ...drawCores(CORES, 2)]));

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly id: number;
  readonly cat: string;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

test('perfetto: valid JSON, slices of a track lie in one another, arrows begin and end in a slice', () => {
  const { traceEvents } = JSON.parse([...perfetto(trace)].join('')) as { traceEvents: TraceEvent[] };
  const slices = traceEvents.filter(({ ph }) => ph === 'X');
  const names = slices.map(({ name }) => name);
  for (const wanted of ['worker', 'work', 'square', 'step', 'threading.Lock the lock of the whole program']) {
    assert.ok(names.includes(wanted), wanted);
  }
  const byTrack = groupBy(slices, ({ pid, tid }) => `${pid} ${tid}`);
  for (const [track, inTrack] of byTrack) {
    const open: number[] = [];
    for (const { ts, dur } of inTrack.sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
      while (open.length > 0 && open[open.length - 1]! <= ts) open.pop();
      assert.ok(
        open.every((end) => end >= ts + dur),
        `track ${track} at ${ts}`,
      );
      open.push(ts + dur);
    }
  }
  const flows = traceEvents.filter(({ ph }) => ph === 's' || ph === 'f');
  assert.ok(flows.length >= 4);
  for (const { pid, tid, ts } of flows) {
    const around = byTrack.get(`${pid} ${tid}`)?.some((slice) => slice.ts <= ts && ts <= slice.ts + slice.dur);
    assert.ok(around, `arrow at ${ts}`);
  }
});

test('perfetto: each arrow has both ends, each process and track a name, counters and marks are there', () => {
  const { traceEvents } = JSON.parse([...perfetto(trace)].join('')) as { traceEvents: TraceEvent[] };
  const of = (...kinds: readonly string[]): TraceEvent[] => traceEvents.filter(({ ph }) => kinds.includes(ph));
  const arrows = groupBy(of('s', 'f'), ({ id }) => String(id));
  for (const [id, ends] of arrows) {
    const [from, to, ...more] = ends.sort((a, b) => b.ph.localeCompare(a.ph));
    assert.deepEqual([from?.ph, to?.ph, more.length], ['s', 'f', 0], `arrow ${id}`);
    assert.ok(from!.ts <= to!.ts, `arrow ${id} goes forwards`);
  }
  const named = (name: string) =>
    new Set(
      of('M')
        .filter((event) => event.name === name)
        .map(({ pid, tid }) => `${pid} ${tid}`),
    );
  const [processes, tracks] = [named('process_name'), named('thread_name')];
  for (const { pid, tid, name } of of('X', 's', 'f')) {
    assert.ok(processes.has(`${pid} 0`), `process ${pid} of ${name} has a name`);
    assert.ok(tracks.has(`${pid} ${tid}`), `track ${pid} ${tid} of ${name} has a name`);
  }
  const counters = new Set(of('C').map(({ name }) => name));
  assert.ok(counters.has('running at once'), [...counters].join());
  for (const { ts } of traceEvents.filter(({ ph }) => ph !== 'M')) assert.ok(Number.isFinite(ts) && ts >= 0, `${ts}`);
});

test('perfetto: what the program marked and who wanted the GIL', () => {
  const table = new Table(STATE_COLUMNS);
  for (const [start, end] of [
    [10, 40],
    [20, 30],
  ] as const) {
    const row = table.add();
    Object.assign(table.columns.start, { [row]: start * 1000 });
    Object.assign(table.columns.end, { [row]: end * 1000 });
    Object.assign(table.columns.state, { [row]: THREAD_STATES.indexOf('gil') });
  }
  const marked = Object.create(trace, {
    states: { value: table },
    marks: { value: [{ time: 5000, unit: -1, label: 'begin', site: 0 }] },
  }) as Trace;
  const { traceEvents } = JSON.parse([...perfetto(marked)].join('')) as {
    traceEvents: (TraceEvent & { s?: string; args: { threads?: number } })[];
  };
  const wanting = traceEvents.filter(({ name }) => name.startsWith('wanting the GIL'));
  assert.deepEqual(
    wanting.map(({ ts, args }) => [ts, args.threads]),
    [
      [10, 1],
      [20, 2],
      [30, 1],
      [40, 0],
    ],
  );
  const mark = traceEvents.find(({ ph }) => ph === 'i');
  assert.deepEqual([mark?.name, mark?.s, mark?.ts], ['begin', 'g', 5]);
});

test('csv: as many fields in each row as in the head, texts with commas and quotes kept', () => {
  const drawn = drawTrace('0 100.0 process_begin P how=program parent=1\n1 100.0 name P text="a, b"');
  assert.match([...csv(readWhole(drawn))].join(''), /\r\nunit,0,,process,"a, b",unknown,100,/);
  const lines = [...csv(trace)].join('').trimEnd().split('\r\n');
  const fields = (line: string) => line.replaceAll(/"(?:[^"]|"")*"/g, '').split(',').length;
  assert.ok(lines.every((line) => fields(line) === fields(lines[0]!)));
  const kinds = groupBy(lines.slice(1), (line) => line.slice(0, line.indexOf(',')));
  assert.deepEqual([...kinds.keys()].sort(), ['core', 'hold', 'span', 'unit', 'wait']);
  assert.equal(kinds.get('unit')?.length, trace.units.length);
  assert.equal(kinds.get('wait')?.length, trace.waits.length);
  assert.equal(kinds.get('span')?.length, trace.spans.length);
});

test('csv: a name that a spreadsheet would run as a formula stays a text, numbers stay numbers', () => {
  const drawn = drawTrace('0 100.0 process_begin P how=program parent=1\n1 100.0 name P text="=HYPERLINK(1)"');
  const table = [...csv(readWhole(drawn))].join('');
  assert.match(table, /\r\nunit,0,,process,'=HYPERLINK\(1\),/);
  assert.match(table, /,process,[^\r]*,100,/);
});

test('svg: well formed, a lane for each core and unit, bars inside the chart', () => {
  const picture = [...svg(trace)].join('');
  const open: string[] = [];
  for (const [, closing, name, selfClosing] of picture.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g)) {
    if (closing) assert.equal(open.pop(), name);
    else if (!selfClosing) open.push(name!);
  }
  assert.deepEqual(open, []);
  for (const text of ['core 0', 'core 1', 'worker', 'fetch', 'forked child', 'waits', 'failed or killed']) {
    assert.ok(picture.includes(`>${text}</text>`), text);
  }
  for (const [, x, width] of picture.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)) {
    assert.ok(Number(x) + Number(width) <= 1280, `${x} ${width}`);
  }
});

test('svg: what users call things cannot break the picture', () => {
  const drawn = drawTrace('0 100.0 process_begin P how=program parent=1\n1 100.0 name P text="<script>&\u0001"');
  assert.ok([...svg(readWhole(drawn))].join('').includes('>&lt;script&gt;&amp;</text>'));
});

test('an empty trace can be exported', () => {
  const empty = readWhole(new Map());
  JSON.parse([...perfetto(empty)].join(''));
  assert.ok([...svg(empty)].join('').endsWith('</svg>\n'));
  assert.equal([...csv(empty)].length, 1);
});

test('html: script and data cannot end their elements early, and the policy allows this script alone', () => {
  const hashed: string[] = [];
  const sha256 = (text: string): string => `hash-${hashed.push(text)}`;
  const data = ['{"name":"</script>"}'];
  const page = [...html({ title: 'a<b', script: 'x="</script><!--"', style: 'a{}', data, sha256 })].join('');
  assert.equal(page.match(/<\/script>/g)?.length, 2);
  assert.ok(page.includes('<title>a&lt;b</title>'));
  assert.ok(page.includes('{"name":"\\u003c/script>"}'));
  const [policy = ''] = /Content-Security-Policy" content="[^"]*"/.exec(page) ?? [];
  assert.ok(!policy.includes('unsafe'), policy);
  for (const [element, content] of [
    ['script', hashed[0]],
    ['style', hashed[1]],
  ] as const) {
    assert.ok(policy.includes(`${element}-src 'sha256-hash-`), policy);
    assert.ok(page.includes(`<${element}>${content}</${element}>`), `${element} is what was hashed`);
  }
});

test('how many stretches lie over each other', () => {
  const edges = [...busyEdges(Float64Array.of(0, 2, 5), Float64Array.of(4, 5, 9), 3)];
  assert.deepEqual(edges, [
    [0, 1],
    [2, 2],
    [4, 1],
    [9, 0],
  ]);
});
