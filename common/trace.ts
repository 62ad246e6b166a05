/**
 * What a run looks like after folding: units, and tables of what they did. Host and webview hold the same tables.
 *
 * Times are nanoseconds since the trace's origin (the first process's first record), as doubles. References to units,
 * strings, sites and objects are row numbers; where "none" is possible the column holds row + 1 and 0 means none.
 */
import type { Table } from './table';

export type UnitKind = 'process' | 'interpreter' | 'thread' | 'task' | 'job';

/** How a unit stands: `unknown` when its process was killed or the trace breaks off. */
export type UnitState = 'created' | 'running' | 'finished' | 'failed' | 'cancelled' | 'killed' | 'unknown';

export interface Unit {
  /** Row number; also its place in `units`. */
  readonly id: number;
  readonly kind: UnitKind;
  /** The user's name for it, or the standard library's, or what it runs. */
  name: string;
  /** Qualified name of the function or coroutine that it runs, '' when unknown. */
  function: string;
  /** The unit in which it lives (thread: its process or interpreter; task: its thread; job: the thread that ran it); -1 for a root. */
  parent: number;
  /** The unit that started it, -1 when unknown. */
  startedBy: number;
  pid: number;
  /** The system's number of the thread, 0 when unknown. */
  tid: number;
  /** NaN until it began to run. */
  start: number;
  /** NaN while it runs. */
  end: number;
  /** When it was made or submitted, NaN when unknown. */
  created: number;
  state: UnitState;
  /** Site row + 1 where it was started, 0 when unknown. */
  site: number;
  /** How a process came to be ('program', 'fork', 'spawn', 'forkserver', 'python', 'interpreter', 'server'), '' otherwise. */
  how: string;
}

export interface Site {
  readonly file: string;
  readonly function: string;
  /** From 1; 0 when unknown. */
  readonly line: number;
  /** From 0 in characters, -1 when unknown. */
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A lock, queue, event, pool or the like. */
export interface SharedObject {
  readonly id: number;
  /** Operation id of its type, 0 when unknown. */
  operation: number;
  /** `Cache._lock`, or '' when it was never stored to a name. */
  name: string;
  /** Site row + 1 where it was made, 0 when unknown. */
  site: number;
}

/** A moment that the program marked itself. */
export interface Mark {
  /** Nanoseconds since the origin. */
  readonly time: number;
  /** Unit that made it, -1 when unknown. */
  readonly unit: number;
  readonly label: string;
  /** Site row + 1, 0 unknown. */
  readonly site: number;
}

/** What the reader of a trace wrote at a moment of it; kept with the trace. */
export interface Note {
  readonly id: number;
  readonly time: number;
  /** Unit that it is about, -1 for the run as a whole. */
  readonly unit: number;
  readonly text: string;
}

/** Something that the reader should be told: loss, doubt, a file that breaks off. One sentence, for people. */
export interface Problem {
  readonly kind:
    | 'dropped'
    | 'fault'
    | 'lost'
    | 'truncated'
    | 'corrupt'
    | 'newer'
    | 'cores'
    | 'muted'
    | 'sampled'
    | 'killed'
    | 'start';
  readonly text: string;
}

/** Function spans, in the order in which they ended. */
export const SPAN_COLUMNS = {
  /** Unit whose span it is (a task inside a step, else a thread). */
  unit: 'u32',
  /** Thread unit on which it ran. */
  thread: 'u32',
  start: 'f64',
  end: 'f64',
  /** Site row + 1 of the function. For a task's step without a function: 0. */
  site: 'u32',
  /** Nesting, 0 is the outermost. */
  depth: 'u16',
  /** Bit 0: an exception ended it. Bit 1: begins by resuming. Bit 2: ends by being suspended. Bit 3: a step of a task. Bit 4: a job. Bit 5: cut off (its end was never recorded). */
  flags: 'u8',
} as const;

/** Waits that are over, in the order in which they ended. */
export const WAIT_COLUMNS = {
  unit: 'u32',
  thread: 'u32',
  start: 'f64',
  end: 'f64',
  /** Operation id; its name is the wait's kind in the standard's words. */
  operation: 'u16',
  /** Outcome id. */
  outcome: 'u8',
  /** Bit 0: with a time-out. Bit 1: cut off (its end was never recorded). */
  flags: 'u8',
  /** Object row + 1, 0 when it waited for no object (sleep) or for a unit. */
  object: 'u32',
  /** Unit row + 1 that it waited for (join, result), 0 when it waited for an object. */
  target: 'u32',
  /** Unit row + 1 that held it when the wait began, 0 unknown. */
  heldBy: 'u32',
  /** Unit row + 1 that ended the wait, 0 unknown. */
  wokenBy: 'u32',
  /** When that unit released, put, set or ended; NaN unknown. */
  wokenAt: 'f64',
  /** Site row + 1 where it waited. */
  site: 'u32',
  /** Site row + 1 of the release that ended it, 0 unknown. */
  wokenSite: 'u32',
} as const;

/** Possession of a lock or semaphore, in the order in which it ended. */
export const HOLD_COLUMNS = {
  unit: 'u32',
  thread: 'u32',
  start: 'f64',
  end: 'f64',
  object: 'u32',
  site: 'u32',
  releaseSite: 'u32',
} as const;

/** Who was on which core, when. Exact from the kernel's switch records, or sampled. */
export const CORE_COLUMNS = {
  core: 'u16',
  /** Unit row + 1 of the thread, 0 for a thread of the program that the trace does not know (a library's own). */
  unit: 'u32',
  start: 'f64',
  end: 'f64',
  /** Bit 0: it was pushed off the core while it wanted to go on. Bit 1: sampled. */
  flags: 'u8',
} as const;

/** How a thread stands while it is alive, by number in the state table. */
export const THREAD_STATES = ['running', 'ready', 'gil', 'blocked', 'waiting'] as const;

/**
 * running: on a core. ready: pushed off its core, it wants one. gil: off its core outside of any recorded wait while
 * another thread of its interpreter ran, so it most likely wants the GIL. blocked: off its core in a call that is not
 * recorded (I/O, C code). waiting: in a recorded wait.
 */
export type ThreadState = (typeof THREAD_STATES)[number];

/** What each thread did, without gaps from its begin to its end; a thread's rows are in the order of time. */
export const STATE_COLUMNS = {
  /** Thread unit. */
  unit: 'u32',
  start: 'f64',
  end: 'f64',
  /** Place in THREAD_STATES. */
  state: 'u8',
  /** Bit 0: derived, not recorded (gil, blocked, and everything where the cores are sampled or unknown). */
  flags: 'u8',
} as const;

/** When each line of the user's code ran, in the order in which that was over; a line lasts until its function's next one. */
export const LINE_COLUMNS = {
  /** Unit that ran it (a task inside a step, else a thread). */
  unit: 'u32',
  /** Thread unit on which it ran. */
  thread: 'u32',
  /** With the calls that it makes counted in. */
  start: 'f64',
  end: 'f64',
  /** Site row + 1 whose `line` is the line. */
  site: 'u32',
  /** Executions that this row stands for. */
  count: 'u32',
  /** Bit 0: sampled (it ran at least so often, and the time is not known exactly). Bit 1: cut off (its end was never recorded). */
  flags: 'u8',
} as const;

/**
 * What puts and gets did to the depth of a queue of the module `queue`, as they were recorded: roughly in the order of time.
 * Gets that did not wait are recorded in race mode only, so without it these tell nothing.
 */
export const DEPTH_COLUMNS = {
  object: 'u32',
  time: 'f64',
  /** Items that came (1) or went (-1). */
  change: 'i32',
} as const;

export type SpanTable = Table<typeof SPAN_COLUMNS>;
export type WaitTable = Table<typeof WAIT_COLUMNS>;
export type HoldTable = Table<typeof HOLD_COLUMNS>;
export type CoreTable = Table<typeof CORE_COLUMNS>;
export type StateTable = Table<typeof STATE_COLUMNS>;
export type DepthTable = Table<typeof DEPTH_COLUMNS>;
export type LineTable = Table<typeof LINE_COLUMNS>;

/** A span or wait that goes on: what a unit does right now. */
export interface OpenSpan {
  readonly unit: number;
  readonly thread: number;
  readonly start: number;
  readonly site: number;
  readonly depth: number;
  readonly flags: number;
}

export interface OpenWait {
  readonly unit: number;
  readonly thread: number;
  readonly start: number;
  readonly operation: number;
  readonly object: number;
  readonly target: number;
  readonly heldBy: number;
  readonly site: number;
  /** NaN while it goes on. A wait that is over stays here until it is known who ended it, and then gets its row. */
  readonly end: number;
}

/** Who is on a core right now. */
export interface OpenCoreSpan {
  readonly core: number;
  /** Unit row + 1 of the thread, 0 for a thread that the trace does not know. */
  readonly unit: number;
  readonly start: number;
}

/** How a thread stands since `start`; its row follows when this is over. */
export interface OpenState {
  readonly unit: number;
  readonly start: number;
  /** Place in THREAD_STATES. */
  readonly state: number;
  readonly flags: number;
}

export type CoreSource = 'exact' | 'sampled' | 'none';

export interface CoreInfo {
  readonly source: CoreSource;
  /** Number of cores of the machine that the program could use. */
  readonly count: number;
  /** Why it is not exact, in words; '' when it is. */
  readonly reason: string;
}

/** What the host knows of the run besides the events; `run.json` and `end.json` of the run's folder. */
export interface RunInfo {
  readonly file: string;
  readonly mode: Mode;
  readonly function: string;
  readonly inputs: string;
  readonly workers: number;
  /** `3.13.0`, '' when unknown. */
  readonly python: string;
  readonly gil: boolean;
  /** Whether accesses to shared variables were recorded, without which no data race is found. */
  readonly race: boolean;
  /** Status of the program: 0-255, negative for a signal as Python's subprocess has it; null while it runs or when unknown. */
  readonly exitCode: number | null;
  /** Nanoseconds, null while it runs. */
  readonly wallNs: number | null;
  readonly state: RunState;
}

/** Nothing is known of the run yet. */
export const NO_RUN: RunInfo = {
  file: '',
  mode: 'as-written',
  function: '',
  inputs: '',
  workers: 0,
  python: '',
  gil: true,
  race: false,
  exitCode: null,
  wallNs: null,
  state: { kind: 'starting' },
};

export type Mode = 'as-written' | 'sequential' | 'thread' | 'async' | 'process' | 'interpreter';
export const MODES: readonly Mode[] = ['as-written', 'sequential', 'thread', 'async', 'process', 'interpreter'];

export type RunState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'ended'; readonly how: 'exited' | 'killed' | 'stopped' | 'timeout' }
  | { readonly kind: 'failed'; readonly text: string };
