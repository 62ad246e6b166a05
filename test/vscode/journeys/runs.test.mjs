// The Runs view: what was run in this window, what was saved, and what a person does with them.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { laneName } from '../../support/timeline.mjs';
import { openFile, openWindow, runCommand, startServer, webview } from '../../support/workbench.mjs';

const PROGRAM = `import threading
import time

total = 0


def add():
    global total
    for _ in range(50):
        before = total
        time.sleep(0.0005)
        total = before + 1


adders = [threading.Thread(target=add, name=f"adder {n}") for n in range(2)]
for adder in adders:
    adder.start()
for adder in adders:
    adder.join()
`;
const ENDLESS = `import time

while True:
    time.sleep(0.05)
`;

const shots = join(root, 'dist/shots');
let workspace;
let server;
let window;
let page;

before(async () => {
  mkdirSync(shots, { recursive: true });
  workspace = mkdtempSync(join(tmpdir(), 'interleave-test-'));
  writeFileSync(join(workspace, 'adders.py'), PROGRAM);
  writeFileSync(join(workspace, 'endless.py'), ENDLESS);
  server = await startServer({ installed: root });
  window = await openWindow(server, { folder: workspace, viewport: { width: 1500, height: 1000 } });
  page = window.page;
});
after(async () => {
  await window?.close();
  await server?.close();
  rmSync(workspace, { recursive: true, force: true });
});
afterEach((t) => page.screenshot({ path: join(shots, `runs-${t.name.replace(/\W+/g, '-')}.png`) }));

const row = (text) => page.locator('.pane-body .monaco-list-row', { hasText: text });
const recording = (name) => page.locator('.statusbar-item', { hasText: `Recording ${name}` });
const tab = (title) => page.locator('.tab', { hasText: title });

test('without any run the view says what to do', async () => {
  await openFile(page, 'adders.py');
  await page.locator('.activitybar .action-label[aria-label*="Interleave"]').first().click();
  await page.locator('.welcome-view-content', { hasText: 'No program was run' }).waitFor();
  await page.locator('.welcome-view-content .monaco-button', { hasText: 'Run concurrently' }).waitFor();
});

test('a run is listed while it goes on and when it is over, with what was found', async () => {
  await page.locator('.welcome-view-content .monaco-button', { hasText: 'Run concurrently' }).click();
  await row('This window').waitFor();
  await row('adders.py')
    .filter({ hasText: /1 error · [\d.]+ m?s/ })
    .waitFor();
  await row('adders.py').locator('.codicon-error').waitFor();
});

test('it stays when its timeline is closed, and a click opens it again', async () => {
  await laneName(webview(page), 'adder 1').waitFor();
  await tab('Timeline: adders.py').click();
  await runCommand(page, 'View: Close Editor');
  await tab('Timeline: adders.py').waitFor({ state: 'detached' });
  await page.locator('.statusbar-item', { hasText: '1 error' }).waitFor({ state: 'detached' });
  await row('adders.py').click();
  await laneName(webview(page), 'adder 1').waitFor();
});

test('run again keeps what was recorded before', async () => {
  await runCommand(page, 'Interleave: Run again');
  await row('adders.py').nth(1).waitFor();
  await page.locator('.pane-body .monaco-list-row .codicon-sync').waitFor({ state: 'detached' });
  assert.equal(await row('adders.py').count(), 2);
});

test('a run is renamed and forgotten by the keyboard', async () => {
  await row('adders.py').nth(1).click();
  await page.keyboard.press('F2');
  await page.locator('.quick-input-title', { hasText: 'Name of the run' }).waitFor();
  await page.keyboard.type('first attempt');
  await page.keyboard.press('Enter');
  await row('first attempt').waitFor();
  await tab('Timeline: first attempt').waitFor();
  await row('first attempt').click();
  await page.keyboard.press('Delete');
  await row('first attempt').waitFor({ state: 'detached' });
  await tab('Timeline: first attempt').waitFor({ state: 'detached' });
});

test('what runs is shown in the status bar and is stopped from its row', async () => {
  await openFile(page, 'endless.py');
  await runCommand(page, 'Interleave: Run concurrently');
  await page.locator('.statusbar-item', { hasText: /Recording endless\.py · \d+ s/ }).waitFor();
  await recording('endless.py').click();
  await row('endless.py')
    .filter({ hasText: /running · \d+ s/ })
    .hover();
  await row('endless.py').locator('.action-label[aria-label="Stop"]').click();
  await recording('endless.py').waitFor({ state: 'detached' });
  await row('endless.py').filter({ hasText: 'stopped' }).waitFor();
});

test('a saved trace is listed with its size, and deleted after a question', async () => {
  writeFileSync(join(workspace, 'kept.interleave'), 'no trace');
  await row('Saved traces').waitFor();
  await row('kept.interleave').waitFor();
  await row('kept.interleave').hover();
  await row('kept.interleave').locator('.action-label[aria-label*="Delete"]').click();
  await page.locator('.monaco-dialog-box', { hasText: 'Delete kept.interleave?' }).waitFor();
  await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Move to Trash' }).click();
  // A server has no trash.
  const forGood = page.locator('.monaco-dialog-box .monaco-button', { hasText: /^Delete$/ });
  await forGood.click();
  await row('kept.interleave').waitFor({ state: 'detached' });
  assert.ok(!existsSync(join(workspace, 'kept.interleave')));
});
