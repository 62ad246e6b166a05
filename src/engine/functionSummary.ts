/** What a run tells about one function: how often it was called, where, and what its calls waited for. */
import { objectName, operationName, unitName } from './names';
import type { Trace } from './trace';

export interface FunctionSummary {
  /** Calls that are over. */
  readonly calls: number;
  /** In how many threads, tasks, processes or interpreters they ran. */
  readonly units: number;
  readonly unitKind: 'thread' | 'task' | 'process' | 'interpreter';
  /** Share of the time of its calls in which their thread or task waited, from 0 to 1. */
  readonly waiting: number;
  /** What took most of that: an object's or unit's name, else the operation; '' without waits. */
  readonly cause: string;
  /** `for` a thing, or `in` an operation. */
  readonly causeKind: 'for' | 'in';
  /** Share of the waiting that the cause has, from 0 to 1. */
  readonly causeShare: number;
  /** Not all of its calls were recorded. */
  readonly isPartial: boolean;
}

interface Interval {
  readonly start: number;
  readonly end: number;
}

const RESUMES = 2;
/** Steps of tasks and jobs of executors: not calls of a function. */
const NO_CALL = 8 | 16;

/** Undefined when no call was recorded. `name` is that of a function at the top level of the file. */
export function functionSummary(trace: Trace, file: string, name: string): FunctionSummary | undefined {
  const sites = sitesOf(trace, file, name);
  if (sites.size === 0) return undefined;
  const { columns, length } = trace.spans;
  const times = new Map<number, Interval[]>();
  let calls = 0;
  for (let row = 0; row < length; row++) {
    const flags = columns.flags[row] as number;
    if ((flags & NO_CALL) !== 0 || !sites.has(columns.site[row] as number)) continue;
    if ((flags & RESUMES) === 0) calls++;
    const unit = columns.unit[row] as number;
    const known = times.get(unit);
    const interval = { start: columns.start[row] as number, end: columns.end[row] as number };
    if (known) known.push(interval);
    else times.set(unit, [interval]);
  }
  if (calls === 0) return undefined;
  const isPartial = trace.dropped > 0 || [...sites].some((site) => trace.mutedSites.has(site));
  return { calls, isPartial, ...placesOf(trace, [...times.keys()]), ...waitsOf(trace, times) };
}

/** `8 calls in 4 threads, 71 % waiting for lock`. */
export function summaryWords(summary: FunctionSummary): string {
  const { calls, units, unitKind, waiting, cause, causeKind, causeShare, isPartial } = summary;
  const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
  const kinds = unitKind === 'process' ? 'processes' : `${unitKind}s`;
  const said = `${isPartial ? 'at least ' : ''}${plural(calls, 'call')} in ${plural(units, unitKind, kinds)}`;
  const ofWhat = isPartial ? ' of the recorded time' : '';
  const share = percent(waiting);
  if (cause === '' || share === '0 %') return `${said}, no waits${isPartial ? ' recorded' : ''}`;
  const isAll = causeShare >= NEARLY_ALL;
  const most = isAll ? ` ${causeKind} ${cause}` : `, most ${causeKind} ${cause}`;
  return `${said}, ${share}${ofWhat} waiting${most}`;
}

const NEARLY_ALL = 0.9;

function percent(share: number): string {
  return share > 0 && share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`;
}

/** Sites row + 1. */
function sitesOf(trace: Trace, file: string, name: string): ReadonlySet<number> {
  const found = new Set<number>();
  trace.sites.forEach((site, row) => {
    if (site.file === file && site.function === name) found.add(row + 1);
  });
  return found;
}

function placesOf(trace: Trace, rows: readonly number[]): Pick<FunctionSummary, 'units' | 'unitKind'> {
  const units = rows.flatMap((row) => trace.units[row] ?? []);
  const processes = new Set(units.map(({ pid }) => pid)).size;
  if (processes > 1) return { units: processes, unitKind: 'process' };
  if (units.some(({ kind }) => kind === 'task')) return { units: units.length, unitKind: 'task' };
  const homes = new Set(units.map(({ parent }) => parent));
  const areInterpreters = [...homes].some((home) => trace.units[home]?.kind === 'interpreter');
  return areInterpreters ? { units: homes.size, unitKind: 'interpreter' } : { units: units.length, unitKind: 'thread' };
}

function waitsOf(
  trace: Trace,
  times: ReadonlyMap<number, readonly Interval[]>,
): Pick<FunctionSummary, 'waiting' | 'cause' | 'causeKind' | 'causeShare'> {
  const merged = new Map([...times].map(([unit, intervals]) => [unit, union(intervals)]));
  const waited = new Map<number, Interval[]>();
  const causes = new Map<string, { readonly row: number; sum: number }>();
  const { columns, length } = trace.waits;
  for (let row = 0; row < length; row++) {
    const unit = columns.unit[row] as number;
    const wait = { start: columns.start[row] as number, end: columns.end[row] as number };
    const inside = within(wait, merged.get(unit));
    if (inside.length === 0) continue;
    const waits = waited.get(unit);
    if (waits) waits.push(...inside);
    else waited.set(unit, inside);
    const key = `${columns.object[row]} ${columns.target[row]} ${columns.object[row] || columns.target[row] ? '' : columns.operation[row]}`;
    const known = causes.get(key) ?? { row, sum: 0 };
    known.sum += sumOf(inside);
    causes.set(key, known);
  }
  const total = [...merged.values()].reduce((sum, intervals) => sum + sumOf(intervals), 0);
  const waiting = [...waited.values()].reduce((sum, intervals) => sum + sumOf(union(intervals)), 0);
  const worst = [...causes.values()].sort((a, b) => b.sum - a.sum)[0];
  return {
    waiting: total > 0 ? waiting / total : 0,
    ...causeOf(trace, worst?.row),
    causeShare: worst && waiting > 0 ? Math.min(1, worst.sum / waiting) : 0,
  };
}

function causeOf(trace: Trace, row: number | undefined): Pick<FunctionSummary, 'cause' | 'causeKind'> {
  if (row === undefined) return { cause: '', causeKind: 'for' };
  const { object, target, operation } = trace.waits.columns;
  if (target[row]) return { cause: unitName(trace, (target[row] as number) - 1), causeKind: 'for' };
  if (object[row]) return { cause: objectName(trace, (object[row] as number) - 1), causeKind: 'for' };
  return { cause: operationName(operation[row] as number), causeKind: 'in' };
}

/** The same time, in the order of time and without overlaps. */
function union(intervals: readonly Interval[]): Interval[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...intervals].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** The parts of an interval that lie in others, which are in the order of time. */
function within({ start, end }: Interval, others: readonly Interval[] = []): Interval[] {
  let low = 0;
  let high = others.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((others[middle] as Interval).end <= start) low = middle + 1;
    else high = middle;
  }
  const inside: Interval[] = [];
  for (let at = low; at < others.length && (others[at] as Interval).start < end; at++) {
    const other = others[at] as Interval;
    inside.push({ start: Math.max(start, other.start), end: Math.min(end, other.end) });
  }
  return inside;
}

function sumOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { start, end }) => sum + end - start, 0);
}
