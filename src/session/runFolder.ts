import { rmSync } from 'node:fs';
import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mode } from '../../common/trace';
import type { ConfirmedFinding, Pause } from '../engine/confirmPlan';
import { errorCode, Failure } from '../support/failure';

/** What to run and how: the text of `run.json`, which the supervisor reads. */
export interface RunPlan {
  readonly version: 1;
  /** Absolute path of the Python file. */
  readonly file: string;
  readonly args: readonly string[];
  /** Working directory of the program. */
  readonly cwd: string;
  readonly mode: Mode;
  /** Function to call in all modes but as-written, '' there. */
  readonly function: string;
  /** Python expression whose items are the function's inputs. */
  readonly inputs: string;
  /** Workers to use, 0 for the number of cores. */
  readonly workers: number;
  /** Whether function spans are recorded. */
  readonly spans: boolean;
  /** Whether it is recorded when each line ran; only with spans. */
  readonly lines: boolean;
  /** Whether accesses to shared variables are recorded. */
  readonly race: boolean;
  /** Whether functions of installed packages are recorded as well. */
  readonly packages: boolean;
  /** Whether it is recorded what CPU time, memory and data between processes the run took. */
  readonly usage?: boolean;
  /** Size that the recording may reach, bytes; 0 for the recorder's own limit. */
  readonly limitBytes: number;
  /** Lines to run instead of the whole file; `line` is the first one's number, from 1. */
  readonly selection?: { readonly text: string; readonly line: number };
  /** The finding of an earlier run that this one is to confirm, and the places at which the program is held for it. */
  readonly confirm?: ConfirmedFinding;
  readonly pauses?: readonly Pause[];
}

const PREFIX = 'interleave-';
/** A folder that is younger may belong to a host in another container, whose pid means nothing here. */
const STALE_MS = 3600 * 1000;

/** Makes a new private folder, which only its maker may read; its name has the host's pid. */
export async function createRunFolder(parent = tmpdir()): Promise<string> {
  try {
    return await mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
  } catch (error) {
    const why = errorCode(error) === 'ENOSPC' ? 'the disk is full' : errorCode(error) || String(error);
    throw new Failure(
      `The recording needs a folder in ${parent}, which could not be made (${why}); set TMPDIR to a folder that can be written.`,
    );
  }
}

export async function writePlan(folder: string, plan: RunPlan): Promise<void> {
  await writeFile(join(folder, 'run.json'), JSON.stringify(plan), { mode: 0o600 });
}

/** Removes a run folder, also when the program has removed it already; at once, since the host may be about to end. */
export function removeRunFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // Something in it cannot be removed now; a later host removes what is stale.
  }
}

/** Removes run folders that hosts which were killed left behind. */
export async function removeStaleRunFolders(parent = tmpdir()): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = join(parent, name);
    const facts = await stat(folder).catch(() => undefined);
    if (facts && Date.now() - facts.mtimeMs > STALE_MS) removeRunFolder(folder);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
