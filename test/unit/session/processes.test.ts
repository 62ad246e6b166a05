import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { killRun, terminate } from '../../../src/session/processes';

/** Starts a shell script with a run folder in its environment; resolves to it and the pids that it prints in one line. */
async function start(t: TestContext, script: string, folder: string) {
  const child = spawn('sh', ['-c', script], {
    env: { ...process.env, INTERLEAVE_RUN: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  t.after(() => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // All of it is gone.
    }
  });
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { pid: child.pid ?? 0, pids: line.split(' ').map(Number), ended };
}

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

test('terminate asks politely', async (t) => {
  const { pid, ended } = await start(t, 'trap "exit 5" TERM; echo $$; while :; do sleep 0.05; done', '/run/polite');
  await terminate(pid);
  assert.deepEqual(await ended, [5, null]);
});

test('killRun ends what ignores the request, and what its parent left behind', async (t) => {
  const script = 'trap "" TERM; sleep 600 & A=$!; B=$(sh -c "sleep 600 >/dev/null & echo \\$!"); echo $A $B; wait';
  const { pid, pids, ended } = await start(t, script, '/run/stubborn');
  const other = await start(t, 'sleep 600 & echo $!; wait', '/run/another');
  await killRun(pid, '/run/stubborn');
  assert.deepEqual(await ended, [null, 'SIGKILL']);
  for (const one of pids) assert.ok(await isGone(one), `process ${one} lives on`);
  for (const one of other.pids) process.kill(one, 0);
});
