/** Reads whole traces in tests, and tells what is in them in words that a test can compare. */
import { OPERATION_NAMES, OUTCOME_NAMES } from '../../common/events';
import { THREAD_STATES } from '../../common/trace';
import { PASS_DONE, TRACE_DONE, Trace } from '../../src/engine/trace';

/** Reads all files to their end and closes the trace. */
export function readWhole(files: ReadonlyMap<string, Uint8Array>): Trace {
  const trace = new Trace();
  for (const [file, bytes] of files) trace.append({ file, offset: 0, bytes, final: true });
  trace.append(PASS_DONE);
  trace.append(TRACE_DONE);
  return trace;
}

/** Name of a unit by row, `-` for -1. */
export function nameOf(trace: Trace, row: number): string {
  const unit = trace.units[row];
  if (!unit) return '-';
  return unit.name || unit.function || `${unit.kind} ${unit.pid}`;
}

/** Units as lines: kind, name, parent, who started it, start and end in microseconds, state. */
export function unitLines(trace: Trace): string[] {
  return trace.units.map((unit) => {
    const name = nameOf(trace, unit.id);
    const [parent, starter] = [nameOf(trace, unit.parent), nameOf(trace, unit.startedBy)];
    return `${unit.kind} ${name} in ${parent} by ${starter} ${micros(unit.start)}..${micros(unit.end)} ${unit.state}`;
  });
}

/** Waits as lines: who, for what, when, how it ended, held by, woken by and when. */
export function waitLines(trace: Trace): string[] {
  const { columns, length } = trace.waits;
  return Array.from({ length }, (_, row) => {
    const object = trace.objects[(columns.object[row] as number) - 1];
    const target = columns.target[row] as number;
    const what = object ? object.name || `object ${object.id}` : nameOf(trace, target - 1);
    const held = nameOf(trace, (columns.heldBy[row] as number) - 1);
    const woken = nameOf(trace, (columns.wokenBy[row] as number) - 1);
    const operation = OPERATION_NAMES[columns.operation[row] as number] ?? '?';
    const cut = (columns.flags[row] as number) & 2 ? ' cut off' : '';
    const [start, end] = [micros(columns.start[row]), micros(columns.end[row])];
    const unit = nameOf(trace, columns.unit[row] as number);
    const outcome = OUTCOME_NAMES[columns.outcome[row] as number];
    return `${unit} ${operation} ${what} ${start}..${end} ${outcome}${cut} held ${held} woken ${woken}@${micros(columns.wokenAt[row])}`;
  });
}

/** Spans as lines: who, function, when, depth, flags. */
export function spanLines(trace: Trace): string[] {
  const { columns, length } = trace.spans;
  return Array.from({ length }, (_, row) => {
    const site = trace.sites[(columns.site[row] as number) - 1];
    const [start, end] = [micros(columns.start[row]), micros(columns.end[row])];
    const unit = nameOf(trace, columns.unit[row] as number);
    return `${unit} ${site?.function ?? 'step'} ${start}..${end} depth ${columns.depth[row]} flags ${columns.flags[row]}`;
  });
}

/** When lines ran, as lines: who, where, when, how often, and `~` where that is sampled, `…` where it is cut off. */
export function lineLines(trace: Trace): string[] {
  const { columns, length } = trace.lines;
  return Array.from({ length }, (_, row) => {
    const site = trace.sites[(columns.site[row] as number) - 1];
    const [start, end] = [micros(columns.start[row]), micros(columns.end[row])];
    const flags = columns.flags[row] as number;
    const doubt = `${flags & 1 ? ' ~' : ''}${flags & 2 ? ' …' : ''}`;
    return `${nameOf(trace, columns.unit[row] as number)} ${site?.line} ${start}..${end} x${columns.count[row]}${doubt}`;
  });
}

export function holdLines(trace: Trace): string[] {
  const { columns, length } = trace.holds;
  return Array.from({ length }, (_, row) => {
    const object = trace.objects[columns.object[row] as number];
    const [start, end] = [micros(columns.start[row]), micros(columns.end[row])];
    return `${nameOf(trace, columns.unit[row] as number)} ${object?.name || 'object'} ${start}..${end}`;
  });
}

export function stateLines(trace: Trace): string[] {
  const { columns, length } = trace.states;
  return Array.from({ length }, (_, row) => {
    const state = THREAD_STATES[columns.state[row] as number];
    const derived = (columns.flags[row] as number) & 1 ? ' derived' : '';
    const [start, end] = [micros(columns.start[row]), micros(columns.end[row])];
    return `${nameOf(trace, columns.unit[row] as number)} ${state} ${start}..${end}${derived}`;
  });
}

function micros(nanoseconds: number | undefined): string {
  return nanoseconds === undefined || Number.isNaN(nanoseconds) ? '?' : String(Math.round(nanoseconds) / 1000);
}

/** Stretches on cores as lines. */
export function coreLines(trace: Trace): string[] {
  const { columns, length } = trace.coreSpans;
  return Array.from({ length }, (_, row) => {
    const unit = nameOf(trace, (columns.unit[row] as number) - 1);
    const [start, end] = [micros(columns.start[row]), micros(columns.end[row])];
    return `core ${columns.core[row]} ${unit} ${start}..${end}${(columns.flags[row] as number) & 1 ? ' preempted' : ''}`;
  });
}
