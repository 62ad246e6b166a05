/**
 * What strips in the margin of the editor cost: a file of 10,000 lines that all ran, in eight threads, half a million
 * rows. Prints how long it takes to take rows in, to draw a page of lines anew, and to look a line up for its hover.
 */
import { Table } from '../common/table';
import { LINE_COLUMNS, type Site, SPAN_COLUMNS, type Unit, WAIT_COLUMNS } from '../common/trace';
import { LineActivity } from '../src/engine/lineActivity';
import { lineDetails, lineStretches } from '../src/engine/lineActivityDetails';
import { ICON_COLUMNS, iconSvg, MOST_ROWS } from '../src/views/gutter/stripSvg';
import { below, randomFrom } from '../test/support/random';

const LINES = 10_000;
const THREADS = 8;
const ROWS = 500_000;
/** Lines that an editor shows on a large screen, with those just outside. */
const PAGE = 120;
const STEP_NS = 20_000;
/** What a quarter of a second brings at most of a program whose lines are all sampled. */
const NEWS = 5_000;

const random = randomFrom(1);
const thread = (id: number): Unit => ({ id, kind: 'thread', name: `worker-${id}`, parent: -1 }) as Unit;
const site = (i: number): Site => ({
  ...{ file: 'large.py', function: 'f', line: i + 1, column: -1, endLine: 0, endColumn: -1 },
});
const source = {
  units: Array.from({ length: THREADS }, (_, id) => thread(id)),
  sites: Array.from({ length: LINES }, (_, i) => site(i)),
  objects: [],
  lines: new Table(LINE_COLUMNS),
  spans: new Table(SPAN_COLUMNS),
  waits: new Table(WAIT_COLUMNS),
  findings: [],
  now: 0,
  openSpans: () => [],
  openWaits: () => [],
};
const activity = new LineActivity(source);

addRows(ROWS);
tell(
  '500,000 rows taken in at once',
  measured(1, () => activity.update()),
);
let from = 0;
const page = (): number => {
  const pictures = new Set<string>();
  for (let line = from; line < from + PAGE; line++) {
    const rows = activity.strip('large.py', line + 1, source.now, ICON_COLUMNS, MOST_ROWS).map(({ cells }) => cells);
    pictures.add(iconSvg({ rows, hasFinding: false, isStale: false }, 'dark'));
  }
  from = (from + PAGE) % (LINES - PAGE);
  return pictures.size;
};
tell(`a page of ${PAGE} lines drawn anew`, measured(200, page));
tell(
  `the same with ${NEWS} new rows`,
  measured(100, () => {
    addRows(NEWS);
    activity.update();
    page();
  }),
);
tell(
  'a line looked up for its hover',
  measured(50, () => void lineDetails(source, activity, activity.sitesOf('large.py', 7), source.now, 300)),
);
tell(
  'its stretches for the timeline',
  measured(50, () => void lineStretches(source, activity.sitesOf('large.py', 7), 2000)),
);

function addRows(count: number): void {
  const { lines } = source;
  for (let i = 0; i < count; i++) {
    const row = lines.add();
    const { columns } = lines;
    columns.unit[row] = below(random, THREADS);
    columns.site[row] = (row % LINES) + 1;
    columns.count[row] = 1;
    columns.start[row] = source.now;
    source.now += STEP_NS;
    columns.end[row] = source.now;
  }
}

/** Milliseconds of CPU time of each call, from the fastest on. */
function measured(times: number, work: () => unknown): readonly number[] {
  return Array.from({ length: times }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
}

function tell(what: string, times: readonly number[]): void {
  const at = (part: number): string => (times[Math.floor((times.length - 1) * part)] as number).toFixed(1);
  console.log(`${what}: ${at(0.5)} ms (median), ${at(0.95)} ms (19 of 20)`);
}
