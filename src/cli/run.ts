import { accessSync, closeSync, constants, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { candidatesOnPath, findInterpreter, named } from '../session/interpreter';
import { launchChild } from '../session/launch';
import { isRaceModeOn } from '../session/raceMode';
import type { RunPlan } from '../session/runFolder';
import { Session } from '../session/session';
import { errorCode, Failure } from '../support/failure';
import type { RunCommand } from './arguments';
import { cannotWrite } from './output';

/** What `timeout` of GNU coreutils ends with as well. */
const TIMEOUT_STATUS = 124;
const SIGNAL_STATUS = 128;

/** Checks what can be checked before anything runs. Throws a Failure for wrong use. */
export function checkPaths(command: RunCommand): void {
  assertReadableProgram(command.file);
  checkOutputs({ '--out': command.out, '--json': command.json, '--sarif': command.sarif });
}

/** Files that are to be written, by their options. Throws a Failure for wrong use. */
export function checkOutputs(outputs: Readonly<Record<string, string | undefined>>): void {
  const taken = new Map<string, string>();
  for (const [option, path] of Object.entries(outputs)) {
    if (path === undefined) continue;
    if (path !== '-') assertWritable(path);
    const place = path === '-' ? path : resolve(path);
    const other = taken.get(place);
    if (other !== undefined) throw new Failure(`${other} and ${option} name the same file; give each its own.`);
    taken.set(place, option);
  }
}

/** Runs the program with our stdin, stdout and stderr; resolves when it has ended. */
export function runProgram(command: RunCommand, productFolder: string): Promise<Session> {
  const { python, timeoutSeconds } = command;
  return startProgram({
    plan: {
      version: 1,
      file: resolve(command.file),
      args: command.args,
      cwd: process.cwd(),
      mode: command.mode,
      function: command.function,
      inputs: command.inputs,
      workers: command.workers,
      spans: command.spans,
      lines: command.lines,
      race: isRaceModeOn(command.race, readFileSync(command.file, 'utf8')),
      packages: false,
      limitBytes: 0,
    },
    python,
    timeoutSeconds,
    productFolder,
  });
}

export interface ProgramStart {
  readonly plan: RunPlan;
  /** The Python that the user named. */
  readonly python: string | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly productFolder: string;
  /** Called when it has been started. */
  readonly onStart?: (session: Session) => void;
}

/** Runs what the plan says, as `runProgram`. */
export async function startProgram(start: ProgramStart): Promise<Session> {
  const { plan, python, timeoutSeconds, productFolder } = start;
  const interpreter = await findInterpreter(python === undefined ? candidatesOnPath() : [named(python, '--python')]);
  const session = await Session.start({ plan, interpreter, productFolder, launch: launchChild });
  start.onStart?.(session);
  // Ctrl+C reaches the program by itself, as it would without us; we wait for what it makes of it and report.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void session.stop());
  const timer = timeoutSeconds && setTimeout(() => void session.stop('timeout'), timeoutSeconds * 1000);
  await session.ended;
  if (timer) clearTimeout(timer);
  return session;
}

/** Our own exit status for a run that is over. */
export function exitStatus({ trace }: Session, failedStatus: number): number {
  const { exitCode, state } = trace.run;
  if (state.kind === 'ended' && state.how === 'timeout') return TIMEOUT_STATUS;
  if (exitCode === null) return failedStatus;
  return exitCode < 0 ? SIGNAL_STATUS - exitCode : exitCode;
}

export function assertReadableProgram(file: string): void {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    ENOTDIR: 'there is no such file',
    EACCES: 'you may not read it',
    ELOOP: 'its links lead in a circle',
    ENAMETOOLONG: 'its name is too long',
  };
  try {
    if (statSync(file).isDirectory()) throw new Failure(`${file} is a folder; name a Python file in it.`);
    const handle = openSync(file, 'r');
    try {
      readSync(handle, Buffer.alloc(1));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${file} cannot be run: ${reasons[errorCode(error)] ?? (errorCode(error) || String(error))}.`);
  }
}

function assertWritable(path: string): void {
  try {
    const folder = dirname(resolve(path));
    accessSync(folder, constants.W_OK);
    const known = statSync(path, { throwIfNoEntry: false });
    if (known?.isDirectory()) throw new Failure(`${basename(path)} is a folder; name a file in it.`);
    if (known) accessSync(path, constants.W_OK);
  } catch (error) {
    throw error instanceof Failure ? error : cannotWrite(path, error);
  }
}
