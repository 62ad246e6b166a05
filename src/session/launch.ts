import { spawn } from 'node:child_process';
import { errorCode, Failure } from '../support/failure';

/** A command to start: the supervisor of a run. */
export interface LaunchCommand {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** How a started process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that was started. */
export interface Launched {
  /** The system's number of the process, undefined while it is not known. */
  readonly pid: number | undefined;
  readonly ended: Promise<ProcessEnd>;
  /** Closes the place in which it runs, and it with that: the last resort, for when its number is not known. */
  closePlace(): void;
}

/** Starts a command somewhere: as a child of ours, or in a terminal. Rejects with a Failure. */
export type Launch = (command: LaunchCommand) => Promise<Launched>;

/** Starts the command as a child with our stdin, stdout and stderr. */
export const launchChild: Launch = (command) =>
  new Promise((resolve, reject) => {
    const child = spawn(command.executable, command.args, { cwd: command.cwd, stdio: 'inherit' });
    const ended = new Promise<ProcessEnd>((end) => child.once('exit', (code, signal) => end({ code, signal })));
    child.once('error', (error) => {
      reject(
        new Failure(
          `${command.executable} could not be started (${errorCode(error) || error.message}); choose another Python.`,
          String(error.stack),
        ),
      );
    });
    child.once('spawn', () => resolve({ pid: child.pid, ended, closePlace: () => child.kill() }));
  });
