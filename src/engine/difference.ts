/** What several runs of a program came to, figure by figure, lane by lane, object by object. Pure. */
import { unitPaths } from '../../common/analysis/unitPaths';
import type { FigureRow, FigureTable } from '../../common/comparison';
import { OPERATION_FAMILIES } from '../../common/events';
import type { CoreSource } from '../../common/trace';
import { objectName } from './names';
import { duration } from './reportText';
import type { Trace } from './trace';

const RUNNING = 0;
const WAITING = 4;
/** More rows than this are not read; those that differ most come first. */
const MOST_ROWS = 60;
/** Below this part of the wall time a difference is noise. */
const NOTABLE_PART = 0.05;

interface UnitFigures {
  readonly lived: number;
  readonly ran: number;
  readonly waited: number;
}

interface RunFigures {
  readonly wall: number | null;
  readonly cpu: number | null;
  readonly waitShare: number | null;
  readonly findings: number;
  readonly counts: Readonly<Record<'thread' | 'task' | 'process', number>>;
  readonly cores: CoreSource;
  /** By path. */
  readonly units: ReadonlyMap<string, UnitFigures>;
  /** Nanoseconds waited by name of the object. */
  readonly objects: ReadonlyMap<string, number>;
}

/** Tables of the runs' figures, in the order of the traces. */
export function differenceTables(traces: readonly Trace[]): readonly FigureTable[] {
  const runs = traces.map(figuresOf);
  return [wholeTable(runs), laneTable(runs), objectTable(runs)].filter(({ rows }) => rows.length > 0);
}

/** What the second of two runs has more or less of than the first, a sentence each; [] when little differs. */
export function differenceSentences(first: Trace, second: Trace): readonly string[] {
  const [one, other] = [figuresOf(first), figuresOf(second)];
  if (one.wall === null || other.wall === null || one.wall === 0) return [];
  const change = other.wall - one.wall;
  const part = Math.abs(change) / one.wall;
  const sentences = [
    part < NOTABLE_PART
      ? `Both took about as long: ${duration(one.wall)} and ${duration(other.wall)}.`
      : `The second run took ${duration(other.wall)} in place of ${duration(one.wall)}, ${Math.round(part * 100)} % ${change < 0 ? 'less' : 'more'}.`,
  ];
  const changed = [...namesOf([one.objects, other.objects])]
    .map((name) => ({ name, from: one.objects.get(name) ?? 0, to: other.objects.get(name) ?? 0 }))
    .filter(({ from, to }) => Math.abs(to - from) > NOTABLE_PART * one.wall!)
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
  for (const { name, from, to } of changed.slice(0, 2)) {
    sentences.push(
      `Waiting for ${name} ${to < from ? 'fell' : 'rose'} from ${duration(from)} to ${duration(to)}, all units together.`,
    );
  }
  sentences.push('One run of each says little where times vary; run them again to see how much they do.');
  return sentences;
}

function figuresOf(trace: Trace): RunFigures {
  const { units, states, waits, now, run } = trace;
  const lived = new Float64Array(units.length);
  const ran = new Float64Array(units.length);
  const waited = new Float64Array(units.length);
  for (const { id, start, end } of units) {
    if (!Number.isNaN(start)) lived[id] = (Number.isNaN(end) ? now : end) - start;
  }
  let inStates = 0;
  let inWaits = 0;
  for (let row = 0; row < states.length; row++) {
    const nanos = states.columns.end[row]! - states.columns.start[row]!;
    const state = states.columns.state[row]!;
    inStates += nanos;
    if (state === RUNNING) ran[states.columns.unit[row]!]! += nanos;
    if (state === WAITING) inWaits += nanos;
  }
  const objects = new Map<string, number>();
  for (let row = 0; row < waits.length; row++) {
    const nanos = waits.columns.end[row]! - waits.columns.start[row]!;
    waited[waits.columns.unit[row]!]! += nanos;
    const object = waits.columns.object[row]!;
    if (object === 0 || OPERATION_FAMILIES[waits.columns.operation[row]!] === 'idle') continue;
    const name = objectName(trace, object - 1);
    objects.set(name, (objects.get(name) ?? 0) + nanos);
  }
  const paths = unitPaths(units);
  const byPath = new Map<string, UnitFigures>();
  for (const { id, kind } of units) {
    if (kind !== 'thread' && kind !== 'task') continue;
    byPath.set(paths[id]!, { lived: lived[id]!, ran: ran[id]!, waited: waited[id]! });
  }
  const count = (wanted: string): number => units.filter(({ kind }) => kind === wanted).length;
  const isKnown = trace.cores.source !== 'none';
  return {
    wall: run.wallNs ?? (now || null),
    cpu: isKnown ? ran.reduce((sum, nanos) => sum + nanos, 0) : null,
    waitShare: inStates > 0 ? inWaits / inStates : null,
    findings: trace.findings.length,
    counts: { thread: count('thread'), task: count('task'), process: count('process') },
    cores: trace.cores.source,
    units: byPath,
    objects,
  };
}

function wholeTable(runs: readonly RunFigures[]): FigureTable {
  const row = (
    name: string,
    title: string,
    unit: FigureRow['unit'],
    better: FigureRow['better'],
    value: (run: RunFigures) => number | null,
  ): FigureRow => ({ name, title, unit, better, values: runs.map(value) });
  const sampled = runs.some(({ cores }) => cores === 'sampled');
  const unknown = runs.some(({ cores }) => cores === 'none');
  return {
    title: 'The whole run',
    rows: [
      row('wall', 'From start to end', 'ns', 'less', ({ wall }) => wall),
      row('CPU', 'Time of all threads on cores together', 'ns', 'less', ({ cpu }) => cpu),
      row('cores busy', 'CPU time by wall time', 'cores', '', ({ cpu, wall }) =>
        cpu === null || !wall ? null : cpu / wall,
      ),
      row(
        'waiting',
        'Part of the time of all threads in recorded waits, idle workers included',
        'share',
        'less',
        (run) => {
          return run.waitShare;
        },
      ),
      row('findings', 'What was found wrong', 'count', 'less', ({ findings }) => findings),
      row('threads', 'Number of threads', 'count', '', ({ counts }) => counts.thread),
      row('tasks', 'Number of asyncio tasks', 'count', '', ({ counts }) => counts.task),
      row('processes', 'Number of processes', 'count', '', ({ counts }) => counts.process),
    ].filter(({ values }) => values.some((value) => value !== null && value !== 0)),
    note: [
      sampled ? 'Where cores were sampled, CPU time is an estimate.' : '',
      unknown ? 'Where cores are not known, CPU time is not either.' : '',
    ]
      .filter(Boolean)
      .join(' '),
  };
}

/** Lanes by name, with how long each lived; those first whose time differs most. */
function laneTable(runs: readonly RunFigures[]): FigureTable {
  const rows = [...namesOf(runs.map(({ units }) => units))].map((name): FigureRow => {
    const each = runs.map(({ units }) => units.get(name));
    const title = each
      .map((unit) => {
        return unit ? `ran ${duration(unit.ran)}, waited ${duration(unit.waited)}` : 'not there';
      })
      .join(' | ');
    return { name, title, unit: 'ns', better: 'less', values: each.map((unit) => unit?.lived ?? null) };
  });
  return {
    title: 'Lanes: how long each lived',
    ...firstOf(rows, 'lanes that are there in one run alone have no figure in the other'),
  };
}

function objectTable(runs: readonly RunFigures[]): FigureTable {
  const rows = [...namesOf(runs.map(({ objects }) => objects))].map((name): FigureRow => {
    const title = 'Time that all units together waited for it';
    return { name, title, unit: 'ns', better: 'less', values: runs.map(({ objects }) => objects.get(name) ?? 0) };
  });
  return { title: 'Waited for', ...firstOf(rows, '') };
}

function firstOf(rows: FigureRow[], note: string): Pick<FigureTable, 'rows' | 'note'> {
  const spread = ({ values }: FigureRow): number => {
    const numbers = values.map((value) => value ?? 0);
    return Math.max(...numbers) - Math.min(...numbers);
  };
  const sorted = rows.sort((a, b) => spread(b) - spread(a));
  const more = sorted.length - MOST_ROWS;
  const rest = more > 0 ? `${more} more that differ less` : '';
  return { rows: sorted.slice(0, MOST_ROWS), note: [note, rest].filter(Boolean).join('; ') };
}

function namesOf(maps: readonly ReadonlyMap<string, unknown>[]): Set<string> {
  return new Set(maps.flatMap((map) => [...map.keys()]));
}
