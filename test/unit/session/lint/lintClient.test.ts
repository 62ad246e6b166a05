/** The linter's thread, by the messages that the editor sends. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { buildSync } from 'esbuild';
import { NO_OTHERS } from '../../../../src/engine/lint/otherLinters';
import { LintClient } from '../../../../src/session/lint/lintClient';
import type { EditorFinding, LintSource } from '../../../../src/session/lint/lintMessages';

/** The linter as the build makes it, with what it reads. */
const dist = mkdtempSync(join(tmpdir(), 'interleave-test-'));
const packages = join(process.cwd(), 'node_modules');
buildSync({
  entryPoints: ['src/session/lint/lintWorker.ts'],
  outfile: join(dist, 'lintWorker.js'),
  bundle: true,
  platform: 'node',
  alias: { 'web-tree-sitter': join(packages, 'web-tree-sitter/web-tree-sitter.cjs') },
});
copyFileSync(join(packages, 'web-tree-sitter/web-tree-sitter.wasm'), join(dist, 'tree-sitter.wasm'));
copyFileSync(join(packages, 'tree-sitter-python/tree-sitter-python.wasm'), join(dist, 'tree-sitter-python.wasm'));
const SETTINGS = { rules: { ALL: 'off', THR101: 'on' }, others: NO_OTHERS };
const WRONG = 'import threading\ndef f():\n    with threading.Lock():\n        pass\n';
const KEY = 'file:///f.py';

const clients: LintClient[] = [];
after(() => {
  for (const client of clients) client.dispose();
  rmSync(dist, { recursive: true, force: true });
});

function newClient(folder = dist, patienceMs?: number): { client: LintClient; told: string[] } {
  const told: string[] = [];
  const client = new LintClient(folder, (text) => told.push(text), patienceMs);
  clients.push(client);
  return { client, told };
}

function moduleOf(source: LintSource): { key: string; source: () => LintSource } {
  return { key: KEY, source: () => source };
}

function lines(findings: readonly EditorFinding[]): string {
  return findings.map(({ rule, place }) => `${place.document}:${place.line} ${rule}`).join(', ');
}

describe('a file', () => {
  test('is linted when it is opened, changed and configured', async () => {
    const { client } = newClient();
    client.open(moduleOf(WRONG), SETTINGS);
    assert.equal(lines(await client.currentFindingsOf(KEY)), '0:3 THR101');
    client.change(KEY, [{ start: 0, end: 0, text: '\n\n' }], WRONG.length + 2);
    assert.equal(lines(await client.currentFindingsOf(KEY)), '0:5 THR101');
    client.configure(KEY, { ...SETTINGS, rules: { ALL: 'off' } });
    assert.equal(lines(await client.currentFindingsOf(KEY)), '');
    client.close(KEY);
    assert.equal(lines(await client.currentFindingsOf(KEY)), '');
  });

  test('edits that come while it works are linted together', async () => {
    const { client } = newClient();
    let told = 0;
    client.onDidFind(() => told++);
    client.open(moduleOf(''), SETTINGS);
    for (let i = 0; i < WRONG.length; i++) {
      client.change(KEY, [{ start: i, end: i, text: WRONG[i] as string }], i + 1);
    }
    assert.equal(lines(await client.currentFindingsOf(KEY)), '0:3 THR101');
    assert.equal(told, 1, 'findings of texts that had changed by then are not told');
  });

  test('changes that do not fit lead to the whole text', async () => {
    const { client } = newClient();
    let text = '';
    client.open({ key: KEY, source: () => text }, SETTINGS);
    text = WRONG;
    client.change(KEY, [{ start: 0, end: 0, text: 'x' }], WRONG.length);
    assert.equal(lines(await client.currentFindingsOf(KEY)), '0:3 THR101');
  });

  test('a finding can be hidden by a comment', async () => {
    const { client } = newClient();
    client.open(moduleOf(WRONG.replaceAll('\n', '\r\n')), SETTINGS);
    const [found] = await client.currentFindingsOf(KEY);
    assert.deepEqual(found?.ignore, {
      document: 0,
      line: 3,
      column: 0,
      endLine: 3,
      endColumn: 26,
      text: '    with threading.Lock():  # interleave: ignore[THR101]',
    });
  });
});

test('the cells of a notebook are one module', async () => {
  const { client } = newClient();
  const cell = (text: string, isPython = true): { text: string; isPython: boolean } => ({ text, isPython });
  client.open(
    moduleOf([cell('# Title', false), cell('%pip install x\nimport threading\nlock = threading.Lock()'), cell(WRONG)]),
    SETTINGS,
  );
  assert.equal(lines(await client.currentFindingsOf(KEY)), '2:3 THR101');
  const lock = await client.lockAt(KEY, 1, 3, 2);
  assert.equal(`${lock?.name} ${lock?.kind} ${lock?.at.document}:${lock?.at.line}`, 'lock threading.Lock 1:3');
  assert.equal(await client.lockAt(KEY, 0, 1, 0), null);
});

describe('a thread that dies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['tree-sitter.wasm', 'tree-sitter-python.wasm'])
    copyFileSync(join(dist, name), join(folder, name));
  const dies = `const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ source, changes }) => {
  const text = JSON.stringify([source, changes]);
  if (/DIE/.test(text)) process.exit(3);
  while (/LOOP/.test(text)) {}
});
require(${JSON.stringify(join(dist, 'lintWorker.js'))});
`;
  writeFileSync(join(folder, 'lintWorker.js'), dies);

  test('is started again with all that was open', async () => {
    const { client, told } = newClient(folder);
    client.open(moduleOf(WRONG), SETTINGS);
    client.change(KEY, [{ start: 0, end: 0, text: 'DIE' }], WRONG.length + 3);
    assert.equal(lines(await client.currentFindingsOf(KEY)), '0:3 THR101');
    assert.deepEqual(told, []);
  });

  test('also when it goes round and round', async () => {
    const { client, told } = newClient(folder, 1000);
    client.open(moduleOf(WRONG), SETTINGS);
    assert.equal(lines(await client.currentFindingsOf(KEY)), '0:3 THR101');
    client.change(KEY, [{ start: 0, end: 0, text: 'LOOP' }], WRONG.length + 4);
    assert.equal(lines(await client.currentFindingsOf(KEY)), '0:3 THR101');
    assert.deepEqual(told, []);
  });

  test('not when it dies again and again, which the log says', async () => {
    const { client, told } = newClient(folder);
    client.open(moduleOf('DIE'), SETTINGS);
    assert.equal(lines(await client.currentFindingsOf(KEY)), '');
    assert.equal(await client.lockAt(KEY, 0, 1, 0), null);
    assert.deepEqual(told, [
      'Files are no longer checked while you type, since the linter has ended 3 times: exit status 3',
    ]);
  });
});
