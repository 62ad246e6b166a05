import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Table } from '../../../common/table';
import { LINE_COLUMNS, type OpenWait, type Site, SPAN_COLUMNS, type Unit, WAIT_COLUMNS } from '../../../common/trace';
import { LineActivity } from '../../../src/engine/lineActivity';
import { lineDetails, lineStretches } from '../../../src/engine/lineActivityDetails';
import type { LineStrip } from '../../../src/engine/lineActivityStrip';
import { figureWords, longestWaitWords } from '../../../src/engine/lineActivityWords';
import { drawTrace } from '../../support/drawTrace';
import { readWhole } from '../../support/readTrace';

/** A little more than a millisecond; borders of columns then lie where the parts do in which time is kept. */
const MS = 2 ** 20;

/** A run that is written row by row; sites are lines of prog.py unless another file is named, times are milliseconds. */
class Source {
  readonly units: Unit[] = [];
  readonly sites: Site[] = [];
  readonly objects = [];
  readonly lines = new Table(LINE_COLUMNS);
  readonly spans = new Table(SPAN_COLUMNS);
  readonly waits = new Table(WAIT_COLUMNS);
  findings: { id: number; locations: { site: number; role: string; unit: number; time: number }[] }[] = [];
  now = 0;
  open: OpenWait[] = [];

  openSpans(): [] {
    return [];
  }

  openWaits(): OpenWait[] {
    return this.open;
  }

  unit(kind: Unit['kind']): number {
    const id = this.units.length;
    this.units.push({ id, kind, name: `${kind} ${id}`, parent: -1 } as Unit);
    return id;
  }

  /** Site row + 1. */
  site(line: number, file = 'prog.py'): number {
    return this.sites.push({ file, line, function: 'f', column: -1, endLine: 0, endColumn: -1 });
  }

  ran(site: number, unit: number, from: number, to: number, count = 1, flags = 0): void {
    const row = this.lines.add();
    const { columns } = this.lines;
    [columns.unit[row], columns.site[row], columns.count[row], columns.flags[row]] = [unit, site, count, flags];
    [columns.start[row], columns.end[row]] = [from * MS, to * MS];
    this.now = Math.max(this.now, to * MS);
  }

  waited(site: number, unit: number, from: number, to: number): void {
    const row = this.waits.add();
    const { columns } = this.waits;
    [columns.unit[row], columns.site[row]] = [unit, site];
    [columns.start[row], columns.end[row]] = [from * MS, to * MS];
    this.now = Math.max(this.now, to * MS);
  }
}

/** A letter for each column: the colour, as a capital where it ran, small where it waited. */
function drawn(strip: LineStrip): string[] {
  return strip.map(({ cells }) =>
    cells
      .map((cell) => {
        if (!cell) return '.';
        const letter = cell.colour < 0 ? '?' : 'ABCDEFGHIJ'.charAt(cell.colour);
        return cell.waits ? letter.toLowerCase() : letter;
      })
      .join(''),
  );
}

function stripOf(source: Source, line: number, rows = 3, columns = 8): string[] {
  const activity = new LineActivity(source);
  activity.update();
  return drawn(activity.strip('prog.py', line, source.now, columns, rows));
}

test('a strip has a row for each unit, from left to right over the whole run, and tells where it waited', () => {
  const source = new Source();
  const [main, worker] = [source.unit('thread'), source.unit('thread')];
  const site = source.site(3);
  source.ran(site, main, 0, 10);
  source.ran(site, worker, 20, 60);
  source.waited(site, worker, 30, 50);
  source.ran(source.site(4), main, 10, 80);
  assert.deepEqual(stripOf(source, 3), ['A.......', '..BbbB..']);
  assert.deepEqual(stripOf(source, 4), ['.AAAAAAA']);
  assert.deepEqual(stripOf(source, 5), []);
});

test('of more units than rows neighbours share one, which shows who was there longest', () => {
  const source = new Source();
  const units = Array.from({ length: 4 }, () => source.unit('task'));
  const site = source.site(3);
  for (const [i, unit] of units.entries()) source.ran(site, unit, i * 10, i * 10 + 10);
  source.ran(source.site(4), 0, 40, 80);
  assert.deepEqual(stripOf(source, 3), ['A.......', '.B......', '..CD....']);
  assert.deepEqual(stripOf(source, 3, 1), ['ABCD....']);
});

test('processes have sites of their own for the same line, and a line may have several', () => {
  const source = new Source();
  const [one, other] = [source.unit('thread'), source.unit('thread')];
  source.ran(source.site(3), one, 0, 40, 2);
  source.ran(source.site(3), other, 40, 80, 5);
  const activity = new LineActivity(source);
  activity.update();
  assert.deepEqual(drawn(activity.strip('prog.py', 3, source.now, 8, 3)), ['AAAA....', '....BBBB']);
  assert.equal(figureWords(activity.figures('prog.py', 3)), '7× · 83.9 ms');
});

test('it keeps up with a run that grows, and however long it gets no time is lost', () => {
  const source = new Source();
  const main = source.unit('thread');
  const site = source.site(3);
  const activity = new LineActivity(source);
  for (let at = 0; at < 8000; at += 2) {
    source.ran(site, main, at, at + 1);
    activity.update();
  }
  assert.deepEqual(drawn(activity.strip('prog.py', 3, source.now, 16, 3)), ['A'.repeat(16)]);
  assert.equal(activity.figures('prog.py', 3).count, 4000);
  assert.equal(activity.figures('prog.py', 3).total, 4000 * MS);
});

test('tasks without number take no memory without bound, and keep their colours', () => {
  const source = new Source();
  const site = source.site(3);
  for (let i = 0; i < 5000; i++) source.ran(site, source.unit('task'), i, i + 1);
  const activity = new LineActivity(source);
  activity.update();
  const strip = activity.strip('prog.py', 3, source.now, 16, 3);
  assert.ok(strip.flatMap(({ units }) => units).length <= 24 + 11);
  assert.equal(strip.length, 3);
  assert.equal(activity.figures('prog.py', 3).count, 5000);
});

test('a site whose definition comes late is placed then', () => {
  const source = new Source();
  const main = source.unit('thread');
  const late = source.site(0, '');
  source.ran(late, main, 0, 10);
  const activity = new LineActivity(source);
  activity.update();
  assert.equal(activity.has('prog.py'), false);
  source.sites[late - 1] = { file: 'prog.py', line: 9, function: 'f', column: -1, endLine: 0, endColumn: -1 };
  activity.update();
  assert.equal(activity.isActive('prog.py', 9), true);
});

test('a wait that goes on is seen while it does', () => {
  const source = new Source();
  const main = source.unit('thread');
  const site = source.site(3);
  source.now = 80 * MS;
  source.open = [
    { unit: main, thread: main, start: 40 * MS, end: Number.NaN, operation: 0, object: 0, target: 0, heldBy: 0, site },
  ];
  assert.deepEqual(stripOf(source, 3), ['....aaaa']);
  const activity = new LineActivity(source);
  activity.update();
  const { longest } = lineDetails(source, activity, [site - 1], source.now, 8);
  assert.match(longestWaitWords(source, longest!), /^thread 0 has waited 41\.9 ms so far/);
  source.open = [];
  activity.update();
  assert.equal(activity.isActive('prog.py', 3), false);
});

test('sampled figures say so, and what nothing is known of has none', () => {
  const source = new Source();
  const main = source.unit('thread');
  const site = source.site(3);
  source.ran(site, main, 0, 4, 1200, 1);
  source.waited(site, main, 1, 2);
  const activity = new LineActivity(source);
  activity.update();
  assert.equal(figureWords(activity.figures('prog.py', 3)), '≥ 1,200× · ~ 4.2 ms · waited 1.0 ms');
  assert.equal(figureWords(activity.figures('prog.py', 4)), '');
});

test('findings mark the lines that they name', () => {
  const source = new Source();
  const site = source.site(3);
  source.findings = [{ id: 7, locations: [{ site, role: 'reads x', unit: 0, time: 0 }] }];
  const activity = new LineActivity(source);
  activity.update();
  assert.deepEqual(activity.findingsAt('prog.py', 3), [7]);
  assert.equal(activity.isActive('prog.py', 3), true);
  source.findings = [];
  activity.update();
  assert.deepEqual(activity.findingsAt('prog.py', 3), []);
});

test('details: figures by unit, who was there longest first, and the longest wait', () => {
  const source = new Source();
  const [main, worker] = [source.unit('thread'), source.unit('thread')];
  const site = source.site(3);
  source.ran(site, main, 0, 10, 4);
  source.ran(site, worker, 0, 40, 2);
  source.waited(site, worker, 5, 15);
  source.waited(site, main, 2, 5);
  const activity = new LineActivity(source);
  activity.update();
  const { units, longest } = lineDetails(source, activity, [site - 1], source.now, 4);
  assert.deepEqual(
    units.map(({ unit, count, total, waiting }) => [unit, count, total / MS, waiting / MS]),
    [
      [worker, 2, 40, 10],
      [main, 4, 10, 3],
    ],
  );
  assert.equal(longest?.unit, worker);
  assert.equal(longest?.from, 5 * MS);
});

test('of too many stretches the longest ones are kept, in the order of time', () => {
  const source = new Source();
  const main = source.unit('thread');
  const site = source.site(3);
  for (let i = 0; i < 10; i++) source.ran(site, main, i * 10, i * 10 + 1 + (i % 3));
  assert.deepEqual(
    lineStretches(source, [site - 1], 3).map(({ from }) => from / MS),
    [20, 50, 80],
  );
});

test('a recorded run: the line that waits for a lock, and the calls at the line of their function', () => {
  const trace = readWhole(
    drawTrace(`
     0 100.0 process_begin P how=program parent=1
     0 100.0 thread_begin Main tid=100 flags=1
     1 100.0 thread_create W name="worker"
     2 100.1 thread_begin W tid=101
     4 100.1 enter site=prog.py:2@work
     5 100.1 wait L op=threading.Lock holder=Main site=prog.py:3@work
    30 100.1 got L op=threading.Lock by=Main
    40 100.1 leave
    40 100.1 thread_end W
    `),
  );
  const activity = new LineActivity(trace);
  activity.update();
  assert.equal(figureWords(activity.figures('prog.py', 3)), 'waited 25.0 µs');
  assert.equal(figureWords(activity.figures('prog.py', 2)), '1 call · 36.0 µs');
});
