/**
 * When lines ran. A record says that a line begins; its row is written when that is over: at the next line of the same
 * call of its function, or at the end of that call.
 *
 * Calls are told apart by the open spans. Where a function has none (a module's own code, a muted function), its lines
 * count as one call for as long as the functions around it go on, and its last line ends with their next one.
 *
 * A line that runs often is told only once a tick, see `runtime/interleave_rt/ticks.py`. Such rows become one where they
 * follow each other within MERGED_TICKS, so the table does not grow with what a loop does, but with how long it goes on;
 * from MOST_ROWS rows on all rows of a line in a unit become one.
 */
import type { Model } from './model';
import type { Owner } from './owner';
import type { RawRecord } from './record';
import type { Stream } from './stream';

const SAMPLED = 1;
const CUT_OFF = 2;
const UNTOLD = 1;
const SAME_RUN = 2;

/** As in the runtime. */
const SHORTEST_TICK_NS = 1e6;
const TICKS_PER_RUN = 2000;
/** The supervisor may be late by one. */
const MERGED_TICKS = 2;
const MOST_ROWS = 500_000;

/** A call of a function, or a module's code, that goes on: the line at which it is. */
interface Call {
  /** Number of open spans, its own included. */
  readonly depth: number;
  /** Site row + 1 of the function. */
  readonly code: number;
  readonly hasSpan: boolean;
  site: number;
  /** Number of the outermost loop around the line in the function, 0 none. */
  loop: number;
  start: number;
  count: number;
  flags: number;
}

/** What is known of the lines of one unit. */
export class UnitLines {
  /** The innermost last. */
  readonly calls: Call[] = [];
  /** Site row + 1 of a line -> its latest row. */
  readonly rows = new Map<number, number>();
  /** Of a thread: site row + 1 of a function -> those of its lines that may run now without being told, with their loops. */
  readonly untold = new Map<number, Map<number, number>>();
}

export function foldLine(model: Model, stream: Stream, record: RawRecord): void {
  const { current: owner, thread, space } = stream;
  if (!owner || !thread) return;
  const code = model.siteRow(space, record.argLow);
  const site = model.siteRow(space, record.site);
  owner.lines ??= new UnitLines();
  thread.lines ??= owner === thread ? owner.lines : new UnitLines();
  const call = callOf(model, owner, code, record.time);
  endLine(model, owner, call, record.time, 0);
  const isUntold = (record.flags & UNTOLD) !== 0;
  noteUntold(thread.lines.untold, { code, site, loop: record.operation, isUntold });
  call.site = site;
  call.loop = record.operation;
  call.start = record.time;
  call.count = record.flags & SAME_RUN ? 0 : 1;
  call.flags = isUntold ? SAMPLED : 0;
}

/** Ends the lines of all calls that lie deeper than `depth` open spans. */
export function endLines(model: Model, owner: Owner, depth: number, time: number, cutOff: 0 | 1): void {
  const calls = owner.lines?.calls;
  if (!calls) return;
  while (calls.length > 0 && (calls[calls.length - 1] as Call).depth > depth)
    endLine(model, owner, calls.pop() as Call, time, cutOff ? CUT_OFF : 0);
}

/** The call in which a line of this function runs now; ends those inside it, which are over. */
function callOf(model: Model, owner: Owner, code: number, time: number): Call {
  const calls = (owner.lines as UnitLines).calls;
  const { depth, spans } = owner;
  endLines(model, owner, depth, time, 0);
  const hasSpan = depth > 0 && isSame(model, spans[depth * 3 - 2] as number, code);
  let found = calls.length - 1;
  while (found >= 0) {
    const call = calls[found] as Call;
    if (call.depth < depth) break;
    if (call.hasSpan === hasSpan && call.code === code) {
      // How long before now they were over is not known.
      while (calls.length > found + 1) endLine(model, owner, calls.pop() as Call, time, SAMPLED);
      return call;
    }
    found--;
  }
  const made: Call = { depth, code, hasSpan, site: 0, loop: 0, start: 0, count: 0, flags: 0 };
  calls.push(made);
  return made;
}

/** A module that was loaded twice has its functions twice. */
function isSame({ sites }: Model, first: number, second: number): boolean {
  if (first === second) return true;
  const [one, other] = [sites[first - 1], sites[second - 1]];
  return one?.line === other?.line && one?.function === other?.function && one?.file === other?.file && one?.line !== 0;
}

interface ToldLine {
  readonly code: number;
  readonly site: number;
  readonly loop: number;
  readonly isUntold: boolean;
}

function noteUntold(untold: UnitLines['untold'], { code, site, loop, isUntold }: ToldLine): void {
  const lines = untold.get(code);
  if (!isUntold) {
    // All of the function's are told again.
    if (lines?.has(site)) lines.clear();
  } else if (lines) lines.set(site, loop);
  else untold.set(code, new Map([[site, loop]]));
}

/** Whether another line of the same call may have begun since, without being told: one further down, or in the same loop. */
function mayBeFollowed(
  { sites }: Model,
  { site, loop }: Call,
  untold: ReadonlyMap<number, number> | undefined,
): boolean {
  if (!untold || untold.size === 0) return false;
  const line = sites[site - 1]?.line ?? 0;
  for (const [other, itsLoop] of untold) {
    if ((loop !== 0 && loop === itsLoop) || (sites[other - 1]?.line ?? 0) >= line) return true;
  }
  return false;
}

function endLine(model: Model, owner: Owner, call: Call, time: number, flags: number): void {
  const { site, start, code } = call;
  if (site === 0) return;
  const isModule = model.sites[code - 1]?.function === '<module>';
  const isDoubtful =
    !(call.hasSpan || isModule) || mayBeFollowed(model, call, model.owners[owner.thread]?.lines?.untold.get(code));
  const all = call.flags | flags | (isDoubtful ? SAMPLED : 0);
  addRow(model, owner, { start, end: Math.max(start, time), site, count: call.count, flags: all });
  call.site = 0;
}

interface Row {
  readonly start: number;
  readonly end: number;
  readonly site: number;
  readonly count: number;
  readonly flags: number;
}

function addRow({ lines: table }: Model, owner: Owner, { start, end, site, count, flags }: Row): void {
  const { rows } = owner.lines as UnitLines;
  const { columns } = table;
  const latest = rows.get(site);
  if (latest !== undefined && columns.thread[latest] === owner.thread) {
    const isCrowded = table.length >= MOST_ROWS;
    const isSampled = (columns.flags[latest] as number) & SAMPLED;
    const between = start - (columns.end[latest] as number);
    const most = isCrowded ? Number.POSITIVE_INFINITY : MERGED_TICKS * tickAt(start);
    if ((isSampled || isCrowded) && between <= most) {
      columns.start[latest] = Math.min(start, columns.start[latest] as number);
      columns.end[latest] = Math.max(end, columns.end[latest] as number);
      columns.count[latest] = Math.min(0xffffffff, (columns.count[latest] as number) + count);
      columns.flags[latest] = (columns.flags[latest] as number) | flags | SAMPLED;
      return;
    }
  }
  const row = table.add();
  const { columns: grown } = table;
  grown.unit[row] = owner.unit;
  grown.thread[row] = owner.thread;
  grown.start[row] = start;
  grown.end[row] = end;
  grown.site[row] = site;
  grown.count[row] = count;
  grown.flags[row] = flags;
  rows.set(site, row);
}

/** How long a tick is, so long after the start of the run. */
function tickAt(time: number): number {
  return Math.max(SHORTEST_TICK_NS, time / TICKS_PER_RUN);
}
