/** What a run came to, as one document: `interleave.report/1`, for people's scripts and for `reportText`. */
import type { CoreSource, Mode, UnitKind } from '../../common/trace';
import type { LineReader } from './ignored';
import { objectName, operationName, unitName } from './names';
import { limitsOf, type ReportAdvice, reportAdvice } from './reportAdvice';
import { type ReportCriticalPath, reportCriticalPath } from './reportCriticalPath';
import { type ReportFinding, reportFindings } from './reportFindings';
import type { Trace } from './trace';

export interface ReportUnit {
  readonly id: number;
  readonly kind: UnitKind;
  readonly name: string;
  /** Id of the unit in which it lives, null for a root. */
  readonly parent: number | null;
  readonly pid: number;
  /** Nanoseconds since the run's origin; null when it never began. */
  readonly startNs: number | null;
  /** Null when it never began, or when the trace breaks off before its end. */
  readonly endNs: number | null;
  /** Where it was started, or the function that it runs; null when unknown. */
  readonly file: string | null;
  readonly line: number | null;
}

export interface ReportWait {
  /** Id of the unit that waited. */
  readonly unit: number;
  /** In the standard library's words: `threading.Lock`, `asyncio.Queue.get`. */
  readonly kind: string;
  /** The variable's name, or the class and where it was made, or the unit that was waited for; '' for none (sleep). */
  readonly object: string;
  readonly startNs: number;
  readonly endNs: number;
  /** Ids of units, null when unknown. */
  readonly heldBy: number | null;
  readonly wokenBy: number | null;
  /** Where it waited, null when unknown. */
  readonly file: string | null;
  readonly line: number | null;
}

export interface Report {
  readonly schema: 'interleave.report/1';
  readonly program: {
    readonly file: string;
    readonly mode: Mode;
    readonly python: string;
    readonly gil: boolean;
    /** Whether accesses to shared variables were recorded, without which no data race is found. */
    readonly race: boolean;
    /** 0-255, negative for a signal; null when it is not known. */
    readonly exitCode: number | null;
    readonly wallNs: number | null;
  };
  readonly units: readonly ReportUnit[];
  readonly waits: readonly ReportWait[];
  readonly cores: {
    readonly source: CoreSource;
    readonly count: number;
    /** How long each core ran the program, by number of the core; empty when the source is none. */
    readonly busyNs: readonly number[];
  };
  /** The chain of stretches that the length of the run came from; null while it runs. */
  readonly criticalPath: ReportCriticalPath | null;
  readonly findings: readonly ReportFinding[];
  /** Patterns that cost time, what costs most of the run first. */
  readonly advice: readonly ReportAdvice[];
  /** Of a run that is to confirm a finding: whether it has, and in one sentence how, or why not. */
  readonly confirmation?: { readonly confirmed: boolean; readonly text: string };
  /** Number of events that were not recorded. */
  readonly dropped: number;
  /** Sentences about what is missing or doubtful. */
  readonly problems: readonly string[];
}

/**
 * The report of a trace; meant for one that is done, but true at any time for what was read so far. Findings are left out
 * that a comment in the source, as `lineOf` reads it, says to ignore.
 */
export function report(trace: Trace, lineOf: LineReader = () => undefined): Report {
  const { file, mode, python, gil, race, exitCode, wallNs } = trace.run;
  const { source, count } = trace.cores;
  const { verdict } = trace;
  return {
    schema: 'interleave.report/1',
    program: { file, mode, python, gil, race, exitCode, wallNs },
    units: trace.units.map((unit) => reportUnit(trace, unit.id)),
    waits: reportWaits(trace),
    cores: { source, count, busyNs: source === 'none' ? [] : busyNs(trace, count) },
    criticalPath: reportCriticalPath(trace),
    findings: reportFindings(trace, lineOf),
    advice: reportAdvice(trace),
    ...(verdict ? { confirmation: { confirmed: verdict.isConfirmed, text: verdict.text } } : {}),
    dropped: trace.dropped,
    problems: [...trace.problems.map(({ text }) => text), ...limitsOf(trace)],
  };
}

function reportUnit(trace: Trace, row: number): ReportUnit {
  const unit = trace.units[row]!;
  const place = trace.sites[unit.site - 1] ?? trace.sites[trace.functionSite(row) - 1];
  return {
    id: row,
    kind: unit.kind,
    name: unitName(trace, row),
    parent: unit.parent === -1 ? null : unit.parent,
    pid: unit.pid,
    startNs: orNull(unit.start),
    endNs: orNull(unit.end),
    file: place?.file || null,
    line: place?.line || null,
  };
}

/** In the order in which they began. */
function reportWaits(trace: Trace): ReportWait[] {
  const { columns, length } = trace.waits;
  const order = Uint32Array.from({ length }, (_, row) => row);
  order.sort((a, b) => columns.start[a]! - columns.start[b]! || a - b);
  return Array.from(order, (row): ReportWait => {
    const site = trace.sites[columns.site[row]! - 1];
    return {
      unit: columns.unit[row]!,
      kind: operationName(columns.operation[row]!),
      object: waitedFor(trace, row),
      startNs: columns.start[row]!,
      endNs: columns.end[row]!,
      heldBy: unitOrNull(columns.heldBy[row]!),
      wokenBy: unitOrNull(columns.wokenBy[row]!),
      file: site?.file || null,
      line: site?.line || null,
    };
  });
}

/** Name of the object or unit that a wait was for, '' for none. */
export function waitedFor(trace: Trace, row: number): string {
  const { columns } = trace.waits;
  const target = columns.target[row]!;
  return target === 0 ? objectName(trace, columns.object[row]! - 1) : unitName(trace, target - 1);
}

function busyNs(trace: Trace, count: number): number[] {
  const { columns, length } = trace.coreSpans;
  const busy: number[] = new Array(count).fill(0);
  for (let row = 0; row < length; row++) {
    const core = columns.core[row]!;
    while (busy.length <= core) busy.push(0);
    busy[core] = busy[core]! + columns.end[row]! - columns.start[row]!;
  }
  return busy.map(Math.round);
}

function unitOrNull(rowPlusOne: number): number | null {
  return rowPlusOne === 0 ? null : rowPlusOne - 1;
}

function orNull(time: number): number | null {
  return Number.isNaN(time) ? null : time;
}
