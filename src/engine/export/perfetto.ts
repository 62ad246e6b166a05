/**
 * A trace as Chrome's JSON trace events, which ui.perfetto.dev and chrome://tracing open.
 *
 * Each process of the run is a process there, with a track for each thread, task and job (its life, and the functions in
 * it), one beside it for its waits, and for a task one for its steps: slices of one track must lie in one another, and
 * these do not. The cores are a process of their own. An arrow goes from the moment at which a unit ended a wait to the
 * end of that wait. Counters beside the cores tell how many ran and how many wanted to, and how much was in each queue;
 * the program's own marks are instants. Times are microseconds since the run's origin.
 */
import { OUTCOME_NAMES } from '../../../common/events';
import { THREAD_STATES } from '../../../common/trace';
import { STEP_FLAG } from '../activity';
import { objectName, operationName, placeName, unitName } from '../names';
import { waitedFor } from '../report';
import type { Trace } from '../trace';
import { busyEdges } from './edges';

const CORES_PROCESS = 0;
/** Tracks of a unit: its row times this, plus one of the kinds. */
const TRACKS = 4;
const LIFE = 1;
const WAITS = 2;
const STEPS = 3;
const WANTED = { gil: 'wanting the GIL (concluded)', ready: 'wanting a core' } as const;

export function* perfetto(trace: Trace): Generator<string> {
  yield '{"displayTimeUnit":"ns","traceEvents":[\n';
  yield JSON.stringify(metadata('process_name', CORES_PROCESS, 0, `cores (${trace.cores.source})`));
  for (const event of events(trace)) yield `,\n${JSON.stringify(event)}`;
  yield '\n]}\n';
}

type Event = Readonly<Record<string, unknown>>;

function* events(trace: Trace): Generator<Event> {
  yield* tracks(trace);
  yield* lives(trace);
  yield* spans(trace);
  yield* waits(trace);
  yield* coreEvents(trace);
  yield* counters(trace);
  yield* marks(trace);
}

function metadata(name: string, pid: number, tid: number, text: string): Event {
  return { ph: 'M', name, pid, tid, args: { name: text } };
}

function track(unit: number, kind: number): number {
  return unit * TRACKS + kind;
}

/** Number that stands for the process in which a unit lives; its row, since the system may use a pid twice. */
function processOf(trace: Trace, row: number): number {
  let at = row;
  for (let unit = trace.units[at]; unit && unit.kind !== 'process' && unit.parent !== -1; unit = trace.units[at]) {
    at = unit.parent;
  }
  return at + 1;
}

function* tracks(trace: Trace): Generator<Event> {
  for (const unit of trace.units) {
    const name = unitName(trace, unit.id);
    const pid = processOf(trace, unit.id);
    // What lives in no known process stands for one itself.
    if (pid === unit.id + 1) yield metadata('process_name', pid, 0, unit.pid > 0 ? `${name} (${unit.pid})` : name);
    if (unit.kind === 'process') continue;
    yield metadata('thread_name', pid, track(unit.id, LIFE), name);
    yield metadata('thread_name', pid, track(unit.id, WAITS), `${name}: waits`);
    if (unit.kind === 'task') yield metadata('thread_name', pid, track(unit.id, STEPS), `${name}: steps`);
  }
}

function* lives(trace: Trace): Generator<Event> {
  for (const unit of trace.units) {
    if (unit.kind === 'process' || Number.isNaN(unit.start)) continue;
    const end = Number.isNaN(unit.end) ? trace.now : unit.end;
    const site = trace.sites[unit.site - 1];
    yield slice(unitName(trace, unit.id), unit.kind, processOf(trace, unit.id), track(unit.id, LIFE), unit.start, end, {
      state: unit.state,
      function: unit.function,
      startedBy: unitName(trace, unit.startedBy),
      at: placeName(site),
    });
  }
}

function* spans(trace: Trace): Generator<Event> {
  const { columns, length } = trace.spans;
  for (let row = 0; row < length; row++) {
    const unit = columns.unit[row]!;
    const flags = columns.flags[row]!;
    const site = trace.sites[columns.site[row]! - 1];
    const isStep = (flags & STEP_FLAG) !== 0;
    const name = site?.function || (isStep ? 'step' : unitName(trace, unit));
    yield slice(
      name,
      isStep ? 'step' : 'function',
      processOf(trace, unit),
      track(unit, isStep ? STEPS : LIFE),
      columns.start[row]!,
      columns.end[row]!,
      { at: placeName(site), failed: (flags & 1) !== 0 },
    );
  }
}

function* waits(trace: Trace): Generator<Event> {
  const mainThreads = new Map<number, number>();
  for (const { id, kind, parent } of trace.units) {
    if (kind === 'thread' && !mainThreads.has(parent)) mainThreads.set(parent, id);
  }
  const { columns, length } = trace.waits;
  for (let row = 0; row < length; row++) {
    const unit = columns.unit[row]!;
    const [start, end] = [columns.start[row]!, columns.end[row]!];
    const what = waitedFor(trace, row);
    const name = `${operationName(columns.operation[row]!)}${what === '' ? '' : ` ${what}`}`;
    const [heldBy, wokenBy] = [columns.heldBy[row]! - 1, columns.wokenBy[row]! - 1];
    const pid = processOf(trace, unit);
    yield slice(name, 'wait', pid, track(unit, WAITS), start, end, {
      outcome: OUTCOME_NAMES[columns.outcome[row]!],
      heldBy: unitName(trace, heldBy),
      wokenBy: unitName(trace, wokenBy),
      at: placeName(trace.sites[columns.site[row]! - 1]),
    });
    const wokenAt = columns.wokenAt[row]!;
    // A process has no track; its first thread stands for it.
    const from = trace.units[wokenBy]?.kind === 'process' ? (mainThreads.get(wokenBy) ?? -1) : wokenBy;
    if (from === -1 || Number.isNaN(wokenAt)) continue;
    const flow = { name: 'ends the wait', cat: 'wake', id: row + 1 };
    yield { ph: 's', ...flow, pid: processOf(trace, from), tid: track(from, LIFE), ts: wokenAt / 1000 };
    yield { ph: 'f', bp: 'e', ...flow, pid, tid: track(unit, WAITS), ts: end / 1000 };
  }
}

function* coreEvents(trace: Trace): Generator<Event> {
  const { columns, length } = trace.coreSpans;
  const cores = new Set(columns.core.subarray(0, length));
  for (const core of cores) yield metadata('thread_name', CORES_PROCESS, core + 1, `core ${core}`);
  for (let row = 0; row < length; row++) {
    const unit = columns.unit[row]! - 1;
    const name = unit === -1 ? 'another thread' : unitName(trace, unit);
    const [start, end] = [columns.start[row]!, columns.end[row]!];
    const preempted = (columns.flags[row]! & 1) !== 0;
    yield slice(name, 'core', CORES_PROCESS, columns.core[row]! + 1, start, end, { preempted });
  }
}

function* counters(trace: Trace): Generator<Event> {
  const { columns, length } = trace.coreSpans;
  yield* counter('running at once', busyEdges(columns.start, columns.end, length));
  for (const state of ['gil', 'ready'] as const) {
    const place = THREAD_STATES.indexOf(state);
    const { start, end, state: stood } = trace.states.columns;
    const rows = new Uint32Array(trace.states.length).map((_, row) => row).filter((row) => stood[row] === place);
    const timesOf = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row] as number);
    yield* counter(WANTED[state], busyEdges(timesOf(start), timesOf(end), rows.length));
  }
  // Without race mode gets that did not wait are not recorded, and sums would be wrong.
  if (trace.run.race) yield* queueDepths(trace);
}

function* queueDepths({ depths, objects, sites, units }: Trace): Generator<Event> {
  const { object, time, change } = depths.columns;
  const rows = Uint32Array.from({ length: depths.length }, (_, row) => row).sort((a, b) => time[a]! - time[b]!);
  const queued = new Map<number, number>();
  for (const row of rows) {
    const id = object[row]!;
    const items = (queued.get(id) ?? 0) + change[row]!;
    queued.set(id, items);
    const name = `items in ${objectName({ objects, sites, units }, id) || 'a queue'}`;
    yield { ...counterEvent(name, time[row]!, { items }), id };
  }
}

function* counter(name: string, edges: Iterable<readonly [number, number]>): Generator<Event> {
  for (const [time, threads] of edges) yield counterEvent(name, time, { threads });
}

function counterEvent(name: string, time: number, args: Event): Event {
  return { ph: 'C', name, pid: CORES_PROCESS, tid: 0, ts: time / 1000, args };
}

/** The program's own; one whose unit is not known stands over all. */
function* marks(trace: Trace): Generator<Event> {
  for (const { label, time, unit, site } of trace.marks) {
    const args = { at: placeName(trace.sites[site - 1]) };
    const place =
      unit === -1
        ? { s: 'g', pid: CORES_PROCESS, tid: 0 }
        : { s: 't', pid: processOf(trace, unit), tid: track(unit, LIFE) };
    yield { ph: 'i', name: label, cat: 'mark', ...place, ts: time / 1000, args };
  }
}

function slice(name: string, cat: string, pid: number, tid: number, start: number, end: number, args: Event): Event {
  return { ph: 'X', name, cat, pid, tid, ts: start / 1000, dur: (end - start) / 1000, args };
}
