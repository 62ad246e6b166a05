import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Asks a supervisor to end its program and all below it; on Windows, where one cannot ask, ends them. */
export async function terminate(pid: number): Promise<void> {
  if (process.platform === 'win32') return killTree(pid);
  signal(pid, 'SIGTERM');
}

/** Ends a supervisor and all that was started below it, by force, also what has left its tree but not the run. */
export async function killRun(pid: number, folder: string): Promise<void> {
  if (process.platform === 'win32') return killTree(pid);
  // Stopped first, so that nothing is started while the list is made.
  signal(pid, 'SIGSTOP');
  const doomed = new Set([pid, ...processesMarked(`INTERLEAVE_RUN=${folder}\0`), ...(await descendants(pid))]);
  doomed.delete(process.pid);
  for (const one of doomed) signal(one, 'SIGKILL');
}

async function killTree(pid: number): Promise<void> {
  await execute('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true }).catch(() => undefined);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already.
  }
}

/** Linux: processes with this text in their environment. Children that a killed parent left behind keep it. */
function processesMarked(text: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/environ`, 'latin1').includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function descendants(pid: number): Promise<number[]> {
  const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=']).catch(() => ({ stdout: '' }));
  const children = new Map<number, number[]>();
  for (const line of stdout.split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    if (child !== undefined && parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const found: number[] = [];
  for (let next = children.get(pid) ?? []; next.length > 0; next = next.flatMap((one) => children.get(one) ?? []))
    found.push(...next);
  return found;
}
