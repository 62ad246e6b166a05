/** Runs a function in several modes and on several Pythons, one run after the other, alternating. */
import { spawn } from 'node:child_process';
import type { SkippedMode } from '../../common/compare';
import type { Mode, RunInfo } from '../../common/trace';
import { figuresOf, type ModeFigures, pythonName } from '../engine/compare/figures';
import { errorCode, Failure } from '../support/failure';
import type { Interpreter } from './interpreter';
import type { Launch } from './launch';
import type { RunPlan } from './runFolder';
import { Session } from './session';

export const COMPARED_MODES: readonly Mode[] = ['sequential', 'thread', 'async', 'process', 'interpreter'];

/** What each run needs. */
export interface RunOptions {
  readonly file: string;
  readonly cwd: string;
  readonly function: string;
  readonly inputs: string;
  /** 0 for the number of cores. */
  readonly workers: number;
  readonly pythons: readonly Interpreter[];
  /** After this time a run is ended. */
  readonly timeoutSeconds?: number | undefined;
  readonly productFolder: string;
  readonly signal?: AbortSignal;
  /** When a run is over; there are no figures of one that failed. Its session is closed afterwards. */
  readonly onRun?: (session: Session, figures: ModeFigures | undefined) => void;
}

export interface CompareOptions extends RunOptions {
  readonly modes: readonly Mode[];
  /** Runs of each mode on each Python. */
  readonly repeat: number;
  /** Before a run begins. */
  readonly onBegin?: (mode: Mode, python: Interpreter, round: number) => void;
}

export interface ComparedModes {
  readonly figures: readonly ModeFigures[];
  readonly skipped: readonly SkippedMode[];
}

/**
 * A round runs each mode once on each Python, so that what changes on the machine meanwhile strikes all alike. A mode that
 * fails is not tried again, and on a Python where sequential fails no other one is. There is no warm-up: what is loaded for
 * the first time is loaded before the calls begin, and the median leaves out one run that was slow for another reason.
 */
export async function compareModes(options: CompareOptions): Promise<ComparedModes> {
  const figures: ModeFigures[] = [];
  const skipped: SkippedMode[] = [];
  const failed = new Set<string>();
  for (let round = 1; round <= options.repeat; round++) {
    for (const python of options.pythons) {
      for (const mode of options.modes) {
        if ([mode, 'sequential'].some((each) => failed.has(`${each} ${python.path}`))) continue;
        if (options.signal?.aborted) return { figures, skipped };
        options.onBegin?.(mode, python, round);
        const found = await runOnce(options, mode, python);
        if (options.signal?.aborted) return { figures, skipped };
        if ('reason' in found) {
          failed.add(`${mode} ${python.path}`);
          skipped.push(found);
        } else figures.push(found);
      }
    }
  }
  return { figures, skipped };
}

/** One run; the figures, or why there are none. */
export async function runOnce(
  options: RunOptions,
  mode: Mode,
  interpreter: Interpreter,
): Promise<ModeFigures | SkippedMode> {
  const output = { last: '' };
  const { productFolder, signal, timeoutSeconds } = options;
  const session = await Session.start({
    plan: planOf(options, mode),
    interpreter,
    productFolder,
    launch: quietly(output),
  });
  const stop = (): void => void session.stop();
  signal?.addEventListener('abort', stop);
  const timer = timeoutSeconds && setTimeout(() => void session.stop('timeout'), timeoutSeconds * 1000);
  try {
    await session.ended;
    const { run } = session.trace;
    // Two of the same version are told apart by their paths.
    const isOnlyOne = options.pythons.filter(({ version }) => version === interpreter.version).length === 1;
    const python = `${pythonName(run) || interpreter.version}${isOnlyOne ? '' : ` (${interpreter.path})`}`;
    const isTooLong = run.state.kind === 'ended' && run.state.how === 'timeout';
    const found = run.exitCode === 0 && !isTooLong ? figuresOf(session.trace) : undefined;
    const figures = found && { ...found, python };
    options.onRun?.(session, figures);
    if (figures) return figures;
    const reason = isTooLong ? `It took more than ${timeoutSeconds} seconds.` : reasonOf(output.last, run);
    return { mode, python, reason };
  } finally {
    if (timer) clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    await session.close();
  }
}

function reasonOf(said: string, { state, exitCode }: RunInfo): string {
  if (said !== '') return said;
  if (state.kind === 'failed') return state.text;
  if (exitCode === 0) return 'There were no calls: the inputs are empty.';
  return exitCode === null ? 'How it ended is not known.' : `It ended with exit status ${exitCode}.`;
}

/** Without functions, lines and accesses: what is recorded should not slow down what is measured. */
function planOf({ file, cwd, function: name, inputs, workers }: RunOptions, mode: Mode): RunPlan {
  return {
    version: 1,
    file,
    args: [],
    cwd,
    mode,
    function: name,
    inputs,
    workers,
    spans: false,
    lines: false,
    race: false,
    usage: true,
    packages: false,
    limitBytes: 0,
  };
}

const MOST_OUTPUT = 4096;

/** What a function prints so many times is not shown; the last line on stderr says why a run failed. */
function quietly(output: { last: string }): Launch {
  return ({ executable, args, cwd }) =>
    new Promise((resolve, reject) => {
      const child = spawn(executable, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
      let text = '';
      child.stderr.setEncoding('utf8').on('data', (piece: string) => {
        text = (text + piece).slice(-MOST_OUTPUT);
        output.last = text.trimEnd().split('\n').at(-1)?.trim() ?? '';
      });
      child.once('error', (error) =>
        reject(new Failure(`${executable} could not be started (${errorCode(error) || error.message}).`)),
      );
      // Not when its output is closed: what it leaves behind may keep that open.
      const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((end) =>
        child.once('exit', (code, signal) => setImmediate(() => end({ code, signal }))),
      );
      child.once('spawn', () => resolve({ pid: child.pid, ended, closePlace: () => child.kill() }));
    });
}
