/** All that is known of one line, looked up when somebody asks: one look at each row of the tables. */
import type { LineStretch } from '../../common/protocol';
import type { OpenSpan, OpenWait, SharedObject } from '../../common/trace';
import { type LineActivity, type LineFigures, type LineSource, SAMPLED_LINE } from './lineActivity';
import { spread } from './lineActivityBuckets';
import type { StripCell } from './lineActivityStrip';

export interface UnitAtLine extends LineFigures {
  readonly unit: number;
  readonly colour: number;
  readonly cells: readonly (StripCell | undefined)[];
  readonly first: number;
}

/** References are row + 1, 0 none. */
export interface LongestWait {
  readonly unit: number;
  readonly from: number;
  /** `now` when it goes on. */
  readonly to: number;
  readonly isOver: boolean;
  readonly operation: number;
  readonly object: number;
  readonly target: number;
  readonly heldBy: number;
}

export interface LineDetails {
  /** Who was there longest comes first. */
  readonly units: readonly UnitAtLine[];
  readonly longest: LongestWait | undefined;
}

export interface DetailSource extends LineSource {
  readonly objects: readonly SharedObject[];
}

interface Sums {
  count: number;
  total: number;
  waits: number;
  waiting: number;
  calls: number;
  callTime: number;
  isSampled: boolean;
  first: number;
  readonly ran: Float64Array;
  readonly waited: Float64Array;
}

/** Flag of a span that goes on with a call which was suspended. */
const RESUMED_SPAN = 2;

/** `columns` of the time from 0 to `until` for each unit. */
export function lineDetails(
  source: DetailSource,
  activity: LineActivity,
  sites: readonly number[],
  until: number,
  columns: number,
): LineDetails {
  const isHere = sitesHere(source, sites);
  const units = new Map<number, Sums>();
  const width = Math.max(until, 1) / columns;
  const at = (unit: number, from: number, to: number, waits: boolean): Sums => {
    const sums = units.get(unit) ?? noSums(columns);
    units.set(unit, sums);
    sums.first = Math.min(sums.first, from);
    spread(waits ? sums.waited : sums.ran, from, to, width);
    return sums;
  };
  // 1. What is over.
  eachRow(source.lines, isHere, (row, { unit, start, end, count, flags }) => {
    const [from, to] = [start[row] as number, end[row] as number];
    const sums = at(unit[row] as number, from, to, false);
    sums.count += count[row] as number;
    sums.total += to - from;
    if ((flags[row] as number) & SAMPLED_LINE) sums.isSampled = true;
  });
  eachRow(source.spans, isHere, (row, { unit, start, end, flags }) => {
    const [from, to] = [start[row] as number, end[row] as number];
    if (isJob(source, unit[row] as number)) return;
    const sums = at(unit[row] as number, from, to, false);
    if (!((flags[row] as number) & RESUMED_SPAN)) sums.calls++;
    sums.callTime += to - from;
  });
  let longest: LongestWait | undefined;
  const take = (wait: LongestWait): void => {
    const sums = at(wait.unit, wait.from, wait.to, true);
    sums.waits++;
    sums.waiting += wait.to - wait.from;
    if (!longest || wait.to - wait.from > longest.to - longest.from) longest = wait;
  };
  eachRow(source.waits, isHere, (row, { unit, start, end, operation, object, target, heldBy }) => {
    const [from, to] = [start[row] as number, end[row] as number];
    const subject = { object: object[row] as number, target: target[row] as number, heldBy: heldBy[row] as number };
    take({
      unit: unit[row] as number,
      ...{ from, to, isOver: true, operation: operation[row] as number },
      ...subject,
    });
  });
  // 2. What goes on.
  for (const { unit, start } of openCalls(source, isHere)) at(unit, start, source.now, false).calls++;
  for (const wait of openAt(source.openWaits(), isHere)) {
    const isOver = !Number.isNaN(wait.end);
    const to = isOver ? wait.end : Math.max(wait.start, source.now);
    take({ ...wait, from: wait.start, to, isOver });
  }
  const found = [...units].map(([unit, { ran, waited, ...sums }]) => {
    const colour = activity.colourOf(unit);
    const cells = Array.from(ran, (did, i) => cellOf(colour, did, waited[i] as number));
    return { unit, colour, cells, ...sums };
  });
  return { units: found.sort((a, b) => timeOf(b) - timeOf(a)), longest };
}

/** Stretches in which units were at a line, the longest ones when there are more than `most`; in the order of time. */
export function lineStretches(source: LineSource, sites: readonly number[], most: number): readonly LineStretch[] {
  const isHere = sitesHere(source, sites);
  const found: LineStretch[] = [];
  for (const [table, waits] of [
    [source.lines, false],
    [source.spans, false],
    [source.waits, true],
  ] as const) {
    eachRow<Timed>(table, isHere, (row, { unit, start, end }) => {
      if (isJob(source, unit[row] as number)) return;
      found.push({ unit: unit[row] as number, from: start[row] as number, to: end[row] as number, waits });
    });
  }
  for (const { unit, start } of openCalls(source, isHere))
    found.push({ unit, from: start, to: Number.NaN, waits: false });
  for (const { unit, start, end } of openAt(source.openWaits(), isHere))
    found.push({ unit, from: start, to: end, waits: true });
  const length = ({ from, to }: LineStretch): number => (Number.isNaN(to) ? Number.POSITIVE_INFINITY : to - from);
  const kept = found.length > most ? found.sort((a, b) => length(b) - length(a)).slice(0, most) : found;
  return kept.sort((a, b) => a.from - b.from);
}

interface Timed {
  readonly unit: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
}

interface AtSites<C> {
  readonly length: number;
  readonly columns: C & { readonly site: Uint32Array };
}

function eachRow<C>(
  { length, columns }: AtSites<C>,
  isHere: Uint8Array,
  take: (row: number, columns: C) => void,
): void {
  const { site } = columns;
  for (let row = 0; row < length; row++) if (isHere[site[row] as number]) take(row, columns);
}

function openAt<Open extends OpenSpan | OpenWait>(open: readonly Open[], isHere: Uint8Array): readonly Open[] {
  return open.filter(({ site }) => isHere[site]);
}

function openCalls(source: LineSource, isHere: Uint8Array): readonly OpenSpan[] {
  return openAt(source.openSpans(), isHere).filter(({ unit }) => !isJob(source, unit));
}

/** What a job runs is told by its thread as well. */
function isJob({ units }: LineSource, unit: number): boolean {
  return units[unit]?.kind === 'job';
}

/** By site row + 1. */
function sitesHere({ sites }: LineSource, rows: readonly number[]): Uint8Array {
  const isHere = new Uint8Array(sites.length + 1);
  for (const row of rows) isHere[row + 1] = 1;
  return isHere;
}

function cellOf(colour: number, ran: number, waited: number): StripCell | undefined {
  const whole = Math.max(ran, waited);
  return whole === 0 ? undefined : { colour, waits: waited * 2 >= whole };
}

/** How long a unit was at the line; its waits lie within that, where it is known. */
export function timeOf({ total, callTime, waiting }: LineFigures): number {
  return Math.max(total, callTime, waiting);
}

function noSums(columns: number): Sums {
  return {
    ...{ count: 0, total: 0, waits: 0, waiting: 0, calls: 0, callTime: 0, isSampled: false },
    first: Number.POSITIVE_INFINITY,
    ran: new Float64Array(columns),
    waited: new Float64Array(columns),
  };
}
