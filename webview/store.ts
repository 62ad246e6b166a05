/**
 * The webview's copy of the trace: the tables as the host has them, and what is asked of them in each picture, kept up
 * to date row by row as deltas come in.
 */
import { NO_ADVICE, type RunAdvice } from '../common/advice';
import { OPERATION_FAMILIES } from '../common/events';
import type { ShownFinding } from '../common/finding';
import { hasColour } from '../common/palette';
import type { TraceDelta } from '../common/protocol';
import { type Columns, Table, type TableSlice } from '../common/table';
import {
  CORE_COLUMNS,
  type CoreInfo,
  DEPTH_COLUMNS,
  HOLD_COLUMNS,
  type Mark,
  NO_RUN,
  type Note,
  type OpenCoreSpan,
  type OpenSpan,
  type OpenState,
  type OpenWait,
  type Problem,
  type RunInfo,
  type SharedObject,
  type Site,
  SPAN_COLUMNS,
  STATE_COLUMNS,
  type Unit,
  WAIT_COLUMNS,
} from '../common/trace';
import { ObjectUse } from './objects/objectUse';
import { Track } from './track';

/** Bit of a span's flags: the step of a task, or a job. */
export const STEP = 8;
export const JOB = 16;
export const CUT_OFF_SPAN = 32;
export const CUT_OFF_WAIT = 2;

/** Deeper nesting is counted as this one: a picture with more rows would not be read. */
export const MAX_DEPTH = 63;

export class Store {
  run: RunInfo = NO_RUN;
  cores: CoreInfo = { source: 'none', count: 0, reason: '' };
  /** Latest time that the host knows of. */
  now = 0;
  problems: readonly Problem[] = [];
  findings: readonly ShownFinding[] = [];
  /** Another object when it has changed. */
  advice: RunAdvice = NO_ADVICE;
  /** The program's own, in the order of time. */
  marks: readonly Mark[] = [];
  notes: readonly Note[] = [];
  dropped = 0;
  openSpans: readonly OpenSpan[] = [];
  openWaits: readonly OpenWait[] = [];
  openCoreSpans: readonly OpenCoreSpan[] = [];
  openStates: readonly OpenState[] = [];
  units: Unit[] = [];
  sites: Site[] = [];
  objects: SharedObject[] = [];
  spans = new Table(SPAN_COLUMNS);
  waits = new Table(WAIT_COLUMNS);
  holds = new Table(HOLD_COLUMNS);
  coreSpans = new Table(CORE_COLUMNS);
  states = new Table(STATE_COLUMNS);
  depths = new Table(DEPTH_COLUMNS);

  /** Rises with each delta. */
  version = 0;
  /** Rises when units appear or change: what lanes there are depends on nothing else. */
  unitVersion = 0;
  /** Units that live in a unit, by its id. */
  children: number[][] = [];
  roots: number[] = [];
  /** By a unit's name: the process or interpreter in which units of that name live, SEVERAL when they live in more than one. */
  private readonly homesByName = new Map<string, number>();
  /** How many threads and tasks were known before a unit; gives it its colour. */
  ordinals: number[] = [];
  private colouredUnits = 0;
  /** Waits of a unit. */
  unitWaits: Track[] = [];
  /** Spans of a thread or task, by nesting as that unit sees it: those of a thread's tasks are the tasks'. */
  unitSpans: Track[][] = [];
  /** Steps of tasks on their thread. */
  threadSteps: Track[] = [];
  /** Jobs on their thread. */
  threadJobs: Track[] = [];
  coreTracks: Track[] = [];
  /** Stretches of a thread by place in THREAD_STATES. */
  unitStates: Track[][] = [];
  /** Steps of a task, runs of a job. */
  unitSteps: Track[] = [];
  /** Hold rows of an object in the order in which they ended. */
  objectHolds: number[][] = [];
  /** Nanoseconds waited for an object by all units, and its longest wait's row + 1. */
  objectWaited: number[] = [];
  objectLongest: number[] = [];
  /** How they were used, for the lanes and the page of objects. */
  objectUse = new ObjectUse();
  openSpansByThread = new Map<number, readonly OpenSpan[]>();
  openSpansByUnit = new Map<number, readonly OpenSpan[]>();
  openWaitsByUnit = new Map<number, readonly OpenWait[]>();
  openStateByUnit = new Map<number, OpenState>();

  /** Takes in what the host sent. */
  apply(delta: TraceDelta): void {
    if (delta.reset) this.forget();
    this.version++;
    this.run = delta.run;
    this.cores = delta.cores;
    this.now = Math.max(delta.now, 0);
    this.problems = delta.problems;
    this.findings = delta.findings ?? this.findings;
    this.advice = delta.advice ?? this.advice;
    this.notes = delta.notes ?? this.notes;
    if (delta.marks.length > 0) this.marks = [...this.marks, ...delta.marks].sort((a, b) => a.time - b.time);
    this.dropped = delta.dropped;
    this.takeUnits(delta.units);
    for (const [i, site] of delta.sites.entries()) this.sites[delta.sitesFrom + i] = site;
    for (const object of delta.objects) this.objects[object.id] = object;
    this.takeRows(this.spans, delta.spans, (row) => this.indexSpan(row));
    this.takeRows(this.waits, delta.waits, (row) => this.indexWait(row));
    this.takeRows(this.holds, delta.holds, (row) => listAt(this.objectHolds, this.holds.columns.object[row]).push(row));
    this.takeRows(this.coreSpans, delta.coreSpans, (row) => this.indexCore(row));
    this.takeRows(this.states, delta.states, (row) => this.indexState(row));
    this.depths.append(delta.depths);
    this.openSpans = delta.openSpans;
    this.openWaits = delta.openWaits;
    this.openCoreSpans = delta.openCoreSpans;
    this.openStates = delta.openStates;
    this.openStateByUnit = new Map(delta.openStates.map((state) => [state.unit, state]));
    this.openWaitsByUnit = grouped(delta.openWaits, (wait) => wait.unit);
    this.openSpansByThread = grouped(delta.openSpans, (span) => span.thread);
    this.openSpansByUnit = grouped(delta.openSpans, (span) => span.unit);
  }

  /** The site with this row + 1, undefined for 0. */
  site(reference: number): Site | undefined {
    return reference > 0 ? this.sites[reference - 1] : undefined;
  }

  /** The process or interpreter in which a unit lives, -1 when it is none's; of such a one itself. */
  homeOf(id: number): number {
    let at = id;
    // A damaged trace could have a circle.
    for (let depth = 0; at >= 0 && depth < 1000; depth++) {
      const unit = this.units[at];
      if (!unit) return -1;
      if (unit.kind === 'process' || unit.kind === 'interpreter') return at;
      at = unit.parent;
    }
    return -1;
  }

  /** Whether units of its name live in several processes or interpreters, like MainThread. */
  isAmbiguous(unit: Unit): boolean {
    return this.homesByName.get(nameKey(unit)) === SEVERAL;
  }

  private forget(): void {
    const { version, unitVersion } = this;
    Object.assign(this, new Store(), { version, unitVersion: unitVersion + 1 });
  }

  private takeUnits(units: readonly Unit[]): void {
    if (units.length > 0) this.unitVersion++;
    for (const unit of units) {
      const before = this.units[unit.id];
      this.units[unit.id] = unit;
      if (!before) this.ordinals[unit.id] = hasColour(unit) ? this.colouredUnits++ : 0;
      if (before && before.parent === unit.parent) continue;
      if (before) remove(before.parent < 0 ? this.roots : listAt(this.children, before.parent), unit.id);
      (unit.parent < 0 ? this.roots : listAt(this.children, unit.parent)).push(unit.id);
    }
    // Only now are all parents known.
    for (const unit of units) this.noteHome(unit);
  }

  private noteHome(unit: Unit): void {
    const home = this.homeOf(unit.id);
    if (home < 0 || home === unit.id) return;
    const key = nameKey(unit);
    const known = this.homesByName.get(key);
    if (known !== home) this.homesByName.set(key, known === undefined ? home : SEVERAL);
  }

  private takeRows<C extends Columns>(table: Table<C>, slice: TableSlice, index: (row: number) => void): void {
    table.append(slice);
    for (let row = slice.from; row < slice.from + slice.length; row++) index(row);
  }

  private indexSpan(row: number): void {
    const { unit, thread, depth, flags } = this.spans.columns;
    const level = Math.min(depth[row], MAX_DEPTH);
    // A job is the thread's call seen from outside: it has a lane, and is no level of calls.
    if (!(flags[row] & JOB)) this.track(listAt(this.unitSpans, unit[row]), level, this.spans).add(row);
    if (!(flags[row] & (STEP | JOB))) return;
    this.track(flags[row] & STEP ? this.threadSteps : this.threadJobs, thread[row], this.spans).add(row);
    this.track(this.unitSteps, unit[row], this.spans).add(row);
  }

  private indexWait(row: number): void {
    const { unit, object, start, end, operation } = this.waits.columns;
    this.track(this.unitWaits, unit[row], this.waits).add(row);
    if (object[row] === 0 || OPERATION_FAMILIES[operation[row]] === 'idle') return;
    const id = object[row] - 1;
    const duration = end[row] - start[row];
    this.objectWaited[id] = (this.objectWaited[id] ?? 0) + duration;
    const longest = this.objectLongest[id];
    if (!longest || duration > end[longest - 1] - start[longest - 1]) this.objectLongest[id] = row + 1;
  }

  private indexCore(row: number): void {
    const { core } = this.coreSpans.columns;
    this.track(this.coreTracks, core[row], this.coreSpans).add(row);
  }

  private indexState(row: number): void {
    const { unit, state } = this.states.columns;
    this.track(listAt(this.unitStates, unit[row]), state[row], this.states).add(row);
  }

  private track(tracks: Track[], index: number, table: ConstructorParameters<typeof Track>[0]): Track {
    tracks[index] ??= new Track(table);
    return tracks[index];
  }
}

/** For `homesByName`: in more than one. */
const SEVERAL = -2;

/** What tells units apart by name; asyncio's own names are shown with what the task runs. */
function nameKey(unit: Unit): string {
  return unit.kind === 'task' ? `${unit.name} ${unit.function}` : unit.name || unit.function;
}

function grouped<T>(items: readonly T[], key: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function listAt<T>(lists: T[][], index: number): T[] {
  lists[index] ??= [];
  return lists[index];
}

function remove(list: number[], value: number): void {
  const place = list.indexOf(value);
  if (place >= 0) list.splice(place, 1);
}
