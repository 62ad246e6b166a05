import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCode, Failure } from '../support/failure';

/** A Python that can run programs for us. */
export interface Interpreter {
  /** Path of the executable. */
  readonly path: string;
  /** `3.13.0` */
  readonly version: string;
}

/** A command that may start a Python. */
export interface Candidate {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it was named, for messages: `the setting interleave.python`. Empty: it was not named, we look for it on PATH. */
  readonly origin: string;
}

const OLDEST = [3, 8] as const;
const PROBE_TIMEOUT_MS = 10_000;
// Understood by Python 2 as well, so that a too old Python is told as such. -E and -S keep start-up short and quiet.
const PROBE = 'import sys; sys.stdout.write("%d %d %d %s" % (tuple(sys.version_info[:3]) + (sys.executable,)))';

/** A Python that the user named. */
export function named(command: string, origin: string): Candidate {
  return { command: command.replace(/^~(?=[/\\]|$)/, homedir()), args: [], origin };
}

/** The names under which Python is found on PATH, best first. */
export function candidatesOnPath(platform = process.platform): Candidate[] {
  const onPath = (command: string, ...args: string[]): Candidate => ({ command, args, origin: '' });
  if (platform === 'win32') return [onPath('py', '-3'), onPath('python'), onPath('python3')];
  return [onPath('python3'), onPath('python')];
}

/**
 * The first candidate that is a Python we can use. One that the user named counts alone: when it does not do, that is
 * said, since running the program with another one would be a surprise. Throws a Failure.
 */
export async function findInterpreter(candidates: readonly Candidate[]): Promise<Interpreter> {
  let problem: Failure | undefined;
  for (const candidate of candidates) {
    const found = await probe(candidate);
    if (!(found instanceof Failure)) return found;
    if (candidate.origin) throw found;
    problem ??= found.details ? undefined : found;
  }
  throw (
    problem ??
    new Failure(
      'No Python was found; install Python 3.8 or newer, or name one in the setting interleave.python (on the command line: --python).',
    )
  );
}

function probe(candidate: Candidate): Promise<Interpreter | Failure> {
  const shown = [candidate.command, ...candidate.args].join(' ');
  const from = candidate.origin ? ` (${candidate.origin})` : '';
  return new Promise((resolve) => {
    const args = [...candidate.args, '-E', '-S', '-c', PROBE];
    execFile(candidate.command, args, { timeout: PROBE_TIMEOUT_MS, windowsHide: true }, (error, stdout, stderr) => {
      const match = /^(\d+) (\d+) (\d+) (.*)$/s.exec(stdout);
      if (error || !match) {
        const why = error ? reason(errorCode(error), error.killed === true) : 'it is not a Python';
        resolve(
          new Failure(
            `${shown}${from} could not be started: ${why}; choose another Python.`,
            stderr || error?.message || 'no answer',
          ),
        );
        return;
      }
      const [major, minor, micro] = match.slice(1, 4).map(Number) as [number, number, number];
      const version = `${major}.${minor}.${micro}`;
      if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
        resolve(
          new Failure(
            `${shown}${from} is Python ${version}; Interleave needs Python 3.8 or newer, please choose another one.`,
          ),
        );
        return;
      }
      resolve({ path: match[4] || candidate.command, version });
    });
  });
}

function reason(code: string, timedOut: boolean): string {
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'it may not be executed';
  return timedOut ? `it did not answer within ${PROBE_TIMEOUT_MS / 1000} seconds` : 'it is not a working Python';
}

/** The supervisor, which runs a program and records it, below the folder in which this product lies. */
export function supervisorPath(productFolder: string): string {
  return join(productFolder, 'runtime', 'interleave_rt', 'supervisor.py');
}
