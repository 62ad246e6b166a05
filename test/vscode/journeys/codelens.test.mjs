// Above a function: ways to run it, and what the last run tells about it.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { openFile, openWindow, runCommand, startServer } from '../../support/workbench.mjs';

const PROGRAM = `import threading
import time

lock = threading.Lock()


def work(number):
    with lock:
        time.sleep(0.02)
    return number


async def fetch(number):
    return number
`;

const shots = join(root, 'dist/shots');
let workspace;
let server;
let window;
let page;

before(async () => {
  mkdirSync(shots, { recursive: true });
  workspace = mkdtempSync(join(tmpdir(), 'interleave-test-'));
  writeFileSync(join(workspace, 'work.py'), PROGRAM);
  server = await startServer({ installed: root });
  window = await openWindow(server, { folder: workspace, viewport: { width: 1500, height: 900 } });
  page = window.page;
});
after(async () => {
  await window?.close();
  await server?.close();
  rmSync(workspace, { recursive: true, force: true });
});
afterEach((t) => page.screenshot({ path: join(shots, `codelens-${t.name.replace(/\W+/g, '-')}.png`) }));

const lenses = () => page.locator('.codelens-decoration');
const lens = (text) => page.locator('.codelens-decoration a', { hasText: text });

test('functions say how they can be run', async () => {
  await openFile(page, 'work.py');
  await lenses().filter({ hasText: 'Run concurrently: threads' }).first().waitFor();
  const texts = await lenses().allInnerTexts();
  const [work, fetch] = texts.map((text) => text.replace(/\s+/g, ' ').trim());
  assert.match(work, /Run concurrently: threads \| async \| processes/);
  assert.match(fetch, /Run concurrently: async$|Run concurrently: async \| compare/);
});

test('a click asks for the inputs and runs, and then says what came of it', async () => {
  await lens('Run concurrently: threads').click();
  await page.locator('.quick-input-title', { hasText: 'Inputs for work' }).waitFor();
  await page.keyboard.type('range(6)');
  await page.keyboard.press('Enter');
  await page.locator('.tab', { hasText: 'Timeline: work.py: work' }).waitFor();
  await lens(/^6 calls in \d threads?, \d+ % waiting/).waitFor();
  assert.equal(await lens('before your changes').count(), 0);
});

test('what it says is marked as old when the function was changed since', async () => {
  await page.locator('.view-line', { hasText: 'return number' }).first().click();
  await page.keyboard.press('End');
  await page.keyboard.type(' + 1');
  await lens('(before your changes)').waitFor();
});

test('the inputs are proposed again, and a click on what it says shows the timeline', async () => {
  await page.locator('.tab', { hasText: 'Timeline: work.py: work' }).first().click();
  await runCommand(page, 'View: Close Editor');
  await lens('(before your changes)').click();
  await page.locator('.tab', { hasText: 'Timeline: work.py: work' }).waitFor();
  await lens('processes').click();
  await page.locator('.quick-input-widget input:focus').waitFor();
  assert.equal(await page.locator('.quick-input-widget input:focus').inputValue(), 'range(6)');
  await page.keyboard.press('Escape');
});
