/**
 * What the GIL cost a run. That a thread wants the GIL is a conclusion: it was off its core outside of any recorded wait
 * while another thread of its interpreter ran for most of that time (see `ThreadState`).
 */
import type { StateTable, Unit } from '../trace';
import type { RunTables } from './tables';

export interface GilFigures {
  /** Nanoseconds of all threads together in which they wanted it. */
  readonly wanted: number;
  /** Threads that ever wanted it. */
  readonly threads: number;
  /** Interpreters with threads of their own; each has its own GIL. */
  readonly interpreters: number;
  /** Nanoseconds in which any thread of an interpreter was on a core, those of all interpreters together. */
  readonly ran: number;
  /** Of that, with exactly one of them on a core. */
  readonly alone: number;
}

const RUNNING = 0;
const GIL = 2;

export function gilFigures(tables: RunTables): GilFigures {
  const { states, units } = tables;
  const { unit, start, end, state } = states.columns;
  let wanted = 0;
  const wanting = new Set<number>();
  for (let row = 0; row < states.length; row++) {
    if (state[row] !== GIL) continue;
    wanted += (end[row] as number) - (start[row] as number);
    wanting.add(unit[row] as number);
  }
  let [ran, alone] = [0, 0];
  const homes = runningByHome(states, units);
  for (const rows of homes.values()) {
    const busy = busyTimes(states, rows);
    ran += busy.ran;
    alone += busy.alone;
  }
  return { wanted, threads: wanting.size, interpreters: homes.size, ran, alone };
}

/** Rows of threads that ran, by the process or interpreter in which they live. */
function runningByHome(states: StateTable, units: readonly Unit[]): Map<number, number[]> {
  const homes = units.map((unit) => (unit?.kind === 'thread' ? unit.parent : -1));
  const byHome = new Map<number, number[]>();
  for (let row = 0; row < states.length; row++) {
    if (states.columns.state[row] !== RUNNING) continue;
    const home = homes[states.columns.unit[row] as number] ?? -1;
    const rows = byHome.get(home);
    if (rows) rows.push(row);
    else byHome.set(home, [row]);
  }
  return byHome;
}

/** Begins and ends, each in order of time: how many run between two of them is how many began less how many ended. */
function busyTimes(states: StateTable, rows: readonly number[]): { ran: number; alone: number } {
  const starts = Float64Array.from(rows, (row) => states.columns.start[row] as number).sort();
  const ends = Float64Array.from(rows, (row) => states.columns.end[row] as number).sort();
  let [ran, alone, running, at] = [0, 0, 0, 0];
  for (let begun = 0, ended = 0; ended < ends.length; ) {
    const next = begun < starts.length ? (starts[begun] as number) : Number.POSITIVE_INFINITY;
    const time = Math.min(next, ends[ended] as number);
    if (running > 0) ran += time - at;
    if (running === 1) alone += time - at;
    at = time;
    if (next <= (ends[ended] as number) && begun < starts.length) {
      running++;
      begun++;
    } else {
      running--;
      ended++;
    }
  }
  return { ran, alone };
}
