/** Builds deltas as the host sends them, from times in seconds. */

import { NO_ADVICE, type RunAdvice } from '../../../common/advice';
import { OPERATION } from '../../../common/events';
import type { ShownFinding } from '../../../common/finding';
import type { TraceDelta } from '../../../common/protocol';
import { Table } from '../../../common/table';
import {
  CORE_COLUMNS,
  type CoreInfo,
  DEPTH_COLUMNS,
  HOLD_COLUMNS,
  type Mark,
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
  THREAD_STATES,
  type ThreadState,
  type Unit,
  WAIT_COLUMNS,
} from '../../../common/trace';

const SECOND = 1e9;

export interface WaitOptions {
  readonly object?: number;
  readonly target?: number;
  readonly heldBy?: number;
  readonly wokenBy?: number;
  readonly wokenAt?: number;
  readonly line?: number;
  readonly wokenLine?: number;
  readonly thread?: number;
  readonly outcome?: number;
}

export class TraceBuilder {
  run: RunInfo = {
    file: '/work/orders.py',
    mode: 'as-written',
    function: '',
    inputs: '',
    workers: 0,
    python: '3.13.0',
    gil: true,
    race: false,
    exitCode: null,
    wallNs: null,
    state: { kind: 'running' },
  };
  cores: CoreInfo = { source: 'exact', count: 2, reason: '' };
  problems: Problem[] = [];
  findings: ShownFinding[] = [];
  advice: RunAdvice = NO_ADVICE;
  dropped = 0;
  now = 0;
  readonly units: Unit[] = [];
  readonly sites: Site[] = [];
  readonly objects: SharedObject[] = [];
  readonly spans = new Table(SPAN_COLUMNS);
  readonly waits = new Table(WAIT_COLUMNS);
  readonly holds = new Table(HOLD_COLUMNS);
  readonly coreSpans = new Table(CORE_COLUMNS);
  readonly states = new Table(STATE_COLUMNS);
  readonly depths = new Table(DEPTH_COLUMNS);
  readonly marks: Mark[] = [];
  notes: readonly Note[] = [];
  openSpans: OpenSpan[] = [];
  openWaits: OpenWait[] = [];
  openCoreSpans: OpenCoreSpan[] = [];
  openStates: OpenState[] = [];
  private readonly siteIds = new Map<string, number>();
  private sent = {
    units: 0,
    sites: 0,
    objects: 0,
    spans: 0,
    waits: 0,
    holds: 0,
    coreSpans: 0,
    states: 0,
    depths: 0,
    marks: 0,
  };

  unit(
    kind: Unit['kind'],
    name: string,
    parent: number,
    start: number,
    end = Number.NaN,
    more: Partial<Unit> = {},
  ): number {
    const id = this.units.length;
    this.units.push({
      id,
      kind,
      name,
      function: '',
      parent,
      startedBy: parent,
      pid: 4127,
      tid: kind === 'thread' ? 5000 + id : 0,
      start: start * SECOND,
      end: end * SECOND,
      created: start * SECOND,
      state: Number.isNaN(end) ? 'running' : 'finished',
      site: 0,
      how: '',
      ...more,
    });
    return id;
  }

  /** Row + 1 of a site. */
  site(line: number, name: string, file = '/work/orders.py'): number {
    const key = `${file}:${line}:${name}`;
    const known = this.siteIds.get(key);
    if (known) return known;
    this.sites.push({ file, function: name, line, column: 4, endLine: line, endColumn: 20 });
    this.siteIds.set(key, this.sites.length);
    return this.sites.length;
  }

  /** Row + 1 of an object. */
  object(operation: keyof typeof OPERATION, name: string, line: number): number {
    this.objects.push({ id: this.objects.length, operation: OPERATION[operation], name, site: this.site(line, '') });
    return this.objects.length;
  }

  span(unit: number, thread: number, start: number, end: number, site: number, depth = 0, flags = 0): void {
    const row = this.spans.add();
    fill(this.spans.columns, row, { unit, thread, start: start * SECOND, end: end * SECOND, site, depth, flags });
  }

  wait(unit: number, operation: keyof typeof OPERATION, start: number, end: number, options: WaitOptions = {}): void {
    const row = this.waits.add();
    fill(this.waits.columns, row, {
      unit,
      thread: options.thread ?? unit,
      start: start * SECOND,
      end: end * SECOND,
      operation: OPERATION[operation],
      outcome: options.outcome ?? 0,
      flags: 0,
      object: options.object ?? 0,
      target: options.target === undefined ? 0 : options.target + 1,
      heldBy: options.heldBy === undefined ? 0 : options.heldBy + 1,
      wokenBy: options.wokenBy === undefined ? 0 : options.wokenBy + 1,
      wokenAt: options.wokenAt === undefined ? Number.NaN : options.wokenAt * SECOND,
      site: options.line ? this.site(options.line, '') : 0,
      wokenSite: options.wokenLine ? this.site(options.wokenLine, '') : 0,
    });
  }

  hold(unit: number, object: number, start: number, end: number, line: number, releaseLine: number): void {
    const row = this.holds.add();
    fill(this.holds.columns, row, {
      unit,
      thread: unit,
      start: start * SECOND,
      end: end * SECOND,
      object: object - 1,
      site: this.site(line, ''),
      releaseSite: this.site(releaseLine, ''),
    });
  }

  /** On a core; `unit` -1 for a thread that is not Python's. */
  core(core: number, unit: number, start: number, end: number, flags = 0): void {
    const row = this.coreSpans.add();
    fill(this.coreSpans.columns, row, { core, unit: unit + 1, start: start * SECOND, end: end * SECOND, flags });
  }

  state(unit: number, state: ThreadState, start: number, end: number, flags = 0): void {
    const row = this.states.add();
    fill(this.states.columns, row, {
      unit,
      start: start * SECOND,
      end: end * SECOND,
      state: THREAD_STATES.indexOf(state),
      flags,
    });
  }

  /** An item came (1) or went (-1); `object` is its row + 1. */
  depth(object: number, time: number, change: number): void {
    fill(this.depths.columns, this.depths.add(), { object: object - 1, time: time * SECOND, change });
  }

  openWait(unit: number, operation: keyof typeof OPERATION, start: number, options: WaitOptions = {}): void {
    this.openWaits.push({
      unit,
      thread: options.thread ?? unit,
      start: start * SECOND,
      operation: OPERATION[operation],
      object: options.object ?? 0,
      target: options.target === undefined ? 0 : options.target + 1,
      heldBy: options.heldBy === undefined ? 0 : options.heldBy + 1,
      site: options.line ? this.site(options.line, '') : 0,
      end: Number.NaN,
    });
  }

  mark(unit: number, time: number, label: string, line: number): void {
    this.marks.push({ time: time * SECOND, unit, label, site: this.site(line, 'main') });
  }

  openState(unit: number, state: ThreadState, start: number): void {
    this.openStates.push({ unit, start: start * SECOND, state: THREAD_STATES.indexOf(state), flags: 0 });
  }

  ended(exitCode: number, how: 'exited' | 'killed' | 'stopped' | 'timeout' = 'exited'): this {
    this.run = { ...this.run, exitCode, wallNs: this.now * SECOND, state: { kind: 'ended', how } };
    return this;
  }

  /** All so far. */
  snapshot(): TraceDelta {
    this.sent = {
      units: 0,
      sites: 0,
      objects: 0,
      spans: 0,
      waits: 0,
      holds: 0,
      coreSpans: 0,
      states: 0,
      depths: 0,
      marks: 0,
    };
    return this.delta(true);
  }

  /** What came since the last delta. Units are all sent again: they may have changed. */
  delta(reset = false): TraceDelta {
    const { sent } = this;
    const delta: TraceDelta = {
      kind: 'delta',
      reset,
      run: this.run,
      cores: this.cores,
      now: this.now * SECOND,
      units: this.units.map((unit) => ({ ...unit })),
      sitesFrom: sent.sites,
      sites: this.sites.slice(sent.sites),
      objects: this.objects.slice(sent.objects),
      spans: this.spans.slice(sent.spans),
      waits: this.waits.slice(sent.waits),
      holds: this.holds.slice(sent.holds),
      coreSpans: this.coreSpans.slice(sent.coreSpans),
      states: this.states.slice(sent.states),
      depths: this.depths.slice(sent.depths),
      openSpans: this.openSpans,
      openWaits: this.openWaits,
      openCoreSpans: this.openCoreSpans,
      openStates: this.openStates,
      findings: this.findings,
      advice: this.advice,
      marks: this.marks.slice(sent.marks),
      notes: this.notes,
      problems: this.problems,
      dropped: this.dropped,
    };
    this.sent = {
      units: this.units.length,
      sites: this.sites.length,
      objects: this.objects.length,
      spans: this.spans.length,
      waits: this.waits.length,
      holds: this.holds.length,
      coreSpans: this.coreSpans.length,
      states: this.states.length,
      depths: this.depths.length,
      marks: this.marks.length,
    };
    return delta;
  }
}

/** Writes the values of a new row. */
function fill(
  columns: Readonly<Record<string, { [row: number]: number }>>,
  row: number,
  values: Readonly<Record<string, number>>,
): void {
  for (const name in values) columns[name][row] = values[name];
}
