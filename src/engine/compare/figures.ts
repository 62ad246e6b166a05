/** What one run of a function in one mode came to, read from its trace. */
import { OPERATION_FAMILIES } from '../../../common/events';
import { type CoreSource, type Mode, type RunInfo, THREAD_STATES, type ThreadState } from '../../../common/trace';
import { STEP_FLAG } from '../activity';
import type { Trace } from '../trace';
import { type Call, callsOf, isCoroutine, windowOf } from './calls';
import { aloneShare, atOnce, type Interval, partsWithin } from './intervals';
import { cpuWithin, sentBytes } from './usage';

/** Times in nanoseconds; null where they are not known, which `notes` explains. */
export interface ModeFigures {
  readonly mode: Mode;
  /** `3.13.0`, `3.13.0t` without GIL. */
  readonly python: string;
  readonly gil: boolean;
  readonly workers: number;
  /** Cores of the machine, and how it is known what ran on them. */
  readonly cores: number;
  readonly coreSource: CoreSource;
  readonly wallNs: number;
  readonly cpuNs: number | null;
  readonly startupNs: number | null;
  readonly peakBytes: number | null;
  /** What the machine has. */
  readonly limitBytes: number | null;
  readonly pickledBytes: number | null;
  readonly waits: Readonly<Record<string, number>>;
  readonly coresBusy: number | null;
  /** Durations of the calls, in the order in which they began. */
  readonly callsNs: readonly number[];
  /** How the threads stood during the calls (of tasks: during their steps), summed. */
  readonly states: Readonly<Record<ThreadState, number>>;
  /** How many calls went on at once while one did. */
  readonly callsAtOnce: number;
  /** How many of their threads were on a core at once while one was. */
  readonly ranAtOnce: number;
  /** For how much of the time with a call there was only one, 0 to 1. */
  readonly aloneShare: number;
  readonly isCoroutine: boolean;
  readonly notes: readonly string[];
}

/** Part of a thread's life as a worker, and of how subinterpreters are called. */
const NOT_A_REASON: ReadonlySet<string> = new Set(['idle', 'interpreter', '']);

/** Undefined when the mode did not come to an end. */
export function figuresOf(trace: Trace): ModeFigures | undefined {
  const window = windowOf(trace);
  const calls = callsOf(trace);
  if (!window || calls.length === 0) return undefined;
  const { run, cores, memory } = trace;
  const wallNs = window.to - window.from;
  const cpu = cpuWithin(trace, window);
  const sent = sentBytes(trace);
  const stood = standingOf(trace, calls);
  return {
    mode: run.mode,
    python: pythonName(run),
    gil: run.gil,
    workers: run.workers || cores.count,
    cores: cores.count,
    coreSource: cores.source,
    wallNs,
    cpuNs: cpu.nanos,
    startupNs: startupOf(calls, window),
    peakBytes: memory?.peakBytes ?? null,
    limitBytes: memory?.limitBytes ?? null,
    pickledBytes: sent.bytes,
    waits: waitsOf(trace, calls, stood),
    coresBusy: cpu.nanos === null ? null : cpu.nanos / Math.max(1, wallNs),
    callsNs: calls.map(({ start, end }) => end - start),
    states:
      cores.source === 'none' ? { ...stood.sums, running: Math.min(stood.sums.running, cpu.nanos ?? 0) } : stood.sums,
    callsAtOnce: atOnce(calls.map(({ start, end }) => [start, end])),
    // Without cores, a thread that is not known to wait may do anything; that the CPU time is more than one's is known.
    ranAtOnce: cores.source === 'none' ? (cpu.nanos ?? 0) / Math.max(1, wallNs) : atOnce(stood.ran),
    aloneShare: aloneShare(calls.map(({ start, end }) => [start, end])),
    isCoroutine: isCoroutine(trace),
    notes: [cpu.note, sent.note, memory?.peakBytes ? '' : 'Memory is not known on this system.'].filter(
      (note) => note !== '',
    ),
  };
}

/** `3.13.0`, `3.13.0t` without GIL, '' when unknown. */
export function pythonName({ python, gil }: Pick<RunInfo, 'python' | 'gil'>): string {
  return gil || python === '' ? python : `${python}t`;
}

function startupOf(calls: readonly Call[], window: { readonly from: number; readonly to: number }): number {
  const first = new Map<number, number>();
  for (const { thread, start } of calls) if (!first.has(thread)) first.set(thread, start - window.from);
  const begun = [...first.values()].reduce((sum, nanos) => sum + nanos, 0) / first.size;
  const ended = calls.reduce((latest, { end }) => Math.max(latest, end), window.from);
  return Math.max(0, begun) + Math.max(0, window.to - ended);
}

interface Standing {
  /** When each thread was in a call. */
  readonly busy: ReadonlyMap<number, readonly Interval[]>;
  readonly sums: Readonly<Record<ThreadState, number>>;
  /** When a thread was on a core. */
  readonly ran: readonly Interval[];
}

/** How the threads of the calls stood while these ran. */
function standingOf(trace: Trace, calls: readonly Call[]): Standing {
  const busy = busyOf(trace, calls);
  const sums: Record<ThreadState, number> = { running: 0, ready: 0, gil: 0, blocked: 0, waiting: 0 };
  const ran: Interval[] = [];
  const { unit, start, end, state } = trace.states.columns;
  for (let row = 0; row < trace.states.length; row++) {
    const stretches = busy.get(unit[row]!);
    if (!stretches) continue;
    const name = THREAD_STATES[state[row]!]!;
    for (const part of partsWithin(stretches, start[row]!, end[row]!)) {
      sums[name] += part[1] - part[0];
      if (name === 'running') ran.push(part);
    }
  }
  return { busy, sums, ran };
}

/**
 * When each thread was in a call, by thread unit; of tasks, when it was in a step of one. A thread that runs in a
 * subinterpreter is a unit of its own there, which shows what it does.
 */
function busyOf(trace: Trace, calls: readonly Call[]): Map<number, Interval[]> {
  const busy = new Map<number, Interval[]>();
  const add = (thread: number, part: Interval): void => {
    const known = busy.get(thread);
    if (known) known.push(part);
    else busy.set(thread, [part]);
  };
  if (trace.run.mode === 'async') {
    const threads = new Map(calls.map(({ unit, thread }) => [unit, thread]));
    const { unit, start, end, flags } = trace.spans.columns;
    for (let row = 0; row < trace.spans.length; row++) {
      const thread = threads.get(unit[row]!);
      if (thread !== undefined && flags[row]! & STEP_FLAG) add(thread, [start[row]!, end[row]!]);
    }
  } else {
    const inner = new Map<string, number[]>();
    for (const { id, kind, pid, tid, parent } of trace.units) {
      if (kind !== 'thread' || trace.units[parent]?.kind !== 'interpreter') continue;
      const key = `${pid} ${tid}`;
      inner.set(key, [...(inner.get(key) ?? []), id]);
    }
    for (const { thread, start, end } of calls) {
      const worker = trace.units[thread]!;
      for (const unit of inner.get(`${worker.pid} ${worker.tid}`) ?? [thread]) add(unit, [start, end]);
    }
  }
  for (const stretches of busy.values()) stretches.sort((a, b) => a[0] - b[0]);
  return busy;
}

/** By reason; a wait inside another one counts once. */
function waitsOf(trace: Trace, calls: readonly Call[], stood: Standing): Readonly<Record<string, number>> {
  const waits: Record<string, number> = {};
  const isAsync = trace.run.mode === 'async';
  const owners: ReadonlyMap<number, readonly Interval[]> = isAsync
    ? new Map(calls.map(({ unit, start, end }) => [unit, [[start, end]]]))
    : stood.busy;
  const until = new Map<number, number>();
  const { unit, thread, start, end, operation } = trace.waits.columns;
  const order = Uint32Array.from({ length: trace.waits.length }, (_, row) => row);
  for (const row of order.sort((a, b) => start[a]! - start[b]!)) {
    const owner = isAsync ? unit[row]! : thread[row]!;
    const stretches = owners.get(owner);
    const reason = OPERATION_FAMILIES[operation[row]!] ?? '';
    if (!stretches || NOT_A_REASON.has(reason)) continue;
    const from = Math.max(start[row]!, until.get(owner) ?? start[row]!);
    for (const [begin, over] of partsWithin(stretches, from, end[row]!))
      waits[reason] = (waits[reason] ?? 0) + over - begin;
    until.set(owner, Math.max(end[row]!, from));
  }
  for (const state of ['gil', 'ready', 'blocked'] as const) waits[state] = stood.sums[state];
  return Object.fromEntries(
    Object.entries(waits)
      .map(([reason, nanos]) => [reason, Math.round(nanos)] as const)
      .filter(([, nanos]) => nanos > 0)
      .sort((a, b) => b[1] - a[1]),
  );
}
