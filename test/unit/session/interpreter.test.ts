import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Candidate, candidatesOnPath, findInterpreter, named } from '../../../src/session/interpreter';
import { Failure } from '../../../src/support/failure';
import { temporaryFolder } from './runFolderFixture';

/** A command that answers as a Python of some version does. */
function fake(t: TestContext, script: string): string {
  const path = join(temporaryFolder(t), 'python');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}
const onPath = (command: string): Candidate => ({ command, args: [], origin: '' });
const rejectsWith = (candidates: readonly Candidate[], expected: RegExp) =>
  assert.rejects(findInterpreter(candidates), (error) => error instanceof Failure && expected.test(error.message));

test('a Python on PATH is found, with its version and its own path', async () => {
  const { path, version } = await findInterpreter(candidatesOnPath());
  assert.match(version, /^3\.\d+\.\d+$/);
  assert.ok(path.startsWith('/') || /^[A-Z]:/i.test(path));
});

test('what does not work on PATH is passed over', async (t) => {
  const good = fake(t, 'printf "3 12 1 /the/python"');
  const found = await findInterpreter([onPath('/no/such/python'), onPath('/bin/false'), onPath(good)]);
  assert.deepEqual(found, { path: '/the/python', version: '3.12.1' });
});

test('a Python that the user named counts alone', async (t) => {
  const good = fake(t, 'printf "3 12 1 /the/python"');
  await rejectsWith(
    [named('/no/such/python', 'the setting'), onPath(good)],
    /\/no\/such\/python \(the setting\) .*no such file/,
  );
});

test('each reason has its sentence', async (t) => {
  await rejectsWith([named('/bin/false', 'x')], /not a working Python; choose another/);
  await rejectsWith([named(fake(t, 'echo hello'), 'x')], /it is not a Python/);
  await rejectsWith(
    [named(fake(t, 'printf "3 7 9 /old"'), 'x')],
    /is Python 3\.7\.9; Interleave needs Python 3\.8 or newer/,
  );
  await rejectsWith([onPath('/no/such/python')], /No Python was found; install Python 3\.8 or newer/);
  await rejectsWith([onPath(fake(t, 'printf "2 7 18 /old"')), onPath('/no/such')], /is Python 2\.7\.18/);
});

test('~ is the home folder', () => {
  assert.equal(named('~/bin/python', '').command, join(homedir(), 'bin/python'));
  assert.equal(named('~other/python', '').command, '~other/python');
});

test('Windows is asked by its launcher first', () => {
  assert.deepEqual(
    candidatesOnPath('win32').map(({ command, args }) => [command, ...args].join(' ')),
    ['py -3', 'python', 'python3'],
  );
});
