import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSavedHead } from '../../../src/session/savedHead';
import { writeSavedTrace } from '../../../src/session/savedTraces';
import { temporaryFolder } from './runFolderFixture';

const file = (name: string, bytes: Uint8Array) => ({
  name,
  contents: (async function* () {
    yield bytes;
  })(),
});
const json = (name: string, value: object) => file(name, Buffer.from(JSON.stringify(value)));

test('the facts of a saved trace are read without what was recorded', async (t) => {
  const path = join(temporaryFolder(t), 'a.interleave');
  await writeSavedTrace(path, [
    json('run.json', { file: '/a/b.py', mode: 'thread', function: 'f', inputs: 'range(2)' }),
    file('1-0-1-1-0.seg', Buffer.alloc(1_000_000, 7)),
    file('cores-0.perf', Buffer.alloc(3_000_000, 7)),
    json('end.json', { exitCode: 1, how: 'exited', startNs: 5, endNs: 1_000_005, python: '3.12.1' }),
  ]);
  const { run, bytes, savedAt } = await readSavedHead(path);
  assert.equal(run.file, '/a/b.py');
  assert.equal(run.mode, 'thread');
  assert.equal(run.wallNs, 1_000_000);
  assert.equal(run.exitCode, 1);
  assert.ok(bytes > 1000 && savedAt > 0);
});

test('of what is no trace nothing is known, and nothing is made up', async (t) => {
  const path = join(temporaryFolder(t), 'a.interleave');
  writeFileSync(path, 'this is no trace');
  assert.equal((await readSavedHead(path)).run.file, '');
  await assert.rejects(readSavedHead(join(path, 'none')));
});
