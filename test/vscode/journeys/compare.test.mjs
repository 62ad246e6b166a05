// The modes of a function beside each other, and a run beside the one before.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { openFile, openWindow, runCommand, startServer, typeAndChoose, webview } from '../../support/workbench.mjs';

const PROGRAM = `import threading
import time


def nap(seconds):
    time.sleep(seconds)


if __name__ == "__main__":
    first = threading.Thread(target=nap, args=(0.1,), name="sleeper")
    first.start()
    first.join()
`;

const shots = join(root, 'dist/shots');
let workspace;
let server;
let window;
let page;
let panel;

before(async () => {
  mkdirSync(shots, { recursive: true });
  workspace = mkdtempSync(join(tmpdir(), 'interleave-test-'));
  mkdirSync(join(workspace, '.vscode'));
  writeFileSync(join(workspace, '.vscode/settings.json'), '{"interleave.compare.repeat": 1, "interleave.workers": 2}');
  writeFileSync(join(workspace, 'naps.py'), PROGRAM);
  server = await startServer({ installed: root });
  window = await openWindow(server, { folder: workspace, viewport: { width: 1500, height: 1100 } });
  page = window.page;
  panel = webview(page);
});
after(async () => {
  await window?.close();
  await server?.close();
  rmSync(workspace, { recursive: true, force: true });
});
afterEach((t) => page.screenshot({ path: join(shots, `${t.name.replace(/\W+/g, '-')}.png`) }));

/** The page in front: those behind it keep their frames, unseen. */
const inFront = (selector) =>
  page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('#active-frame').locator(selector);

test('a function is run in each mode, and what its work needs is said', async () => {
  await openFile(page, 'naps.py');
  await runCommand(page, 'Interleave: Compare modes of a function');
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await typeAndChoose(page, 'nap');
  await page.locator('.quick-input-title', { hasText: 'Inputs for nap' }).waitFor();
  await page.keyboard.type('[0.2] * 4');
  await page.keyboard.press('Enter');
  await page.locator('.tab', { hasText: 'Compare modes: nap' }).waitFor();
  await panel.locator('.sentences', { hasText: 'wait' }).waitFor({ timeout: 60_000 });
  assert.ok((await panel.locator('.pane').count()) >= 4);
  assert.match(await panel.locator('.figures').first().innerText(), /wall time[\s\S]*speed-up/);
  assert.match(await panel.locator('h1').innerText(), /nap\(\[0\.2\] \* 4\), 2 workers/);
  await panel.locator('.pane .lane-name').first().waitFor();
});

test('a run is compared with the one before', async () => {
  await runCommand(page, 'View: Close All Editors');
  await openFile(page, 'naps.py');
  const isOver = () => page.locator('.statusbar-item', { hasText: 'Recording' }).waitFor({ state: 'detached' });
  await runCommand(page, 'Interleave: Run concurrently');
  await panel.locator('.lane-name', { hasText: 'sleeper' }).first().waitFor();
  await isOver();
  await runCommand(page, 'Interleave: Run again');
  await panel.locator('.lane-name', { hasText: 'sleeper' }).first().waitFor();
  await isOver();
  // Of the timeline in front it is known which run is meant; only the other one is asked for.
  await panel.locator('.lane-name', { hasText: 'sleeper' }).first().click();
  await runCommand(page, 'Interleave: Compare two runs');
  await page.locator('.quick-input-widget input[placeholder="Compare with which run?"]').waitFor();
  await typeAndChoose(page, 'naps.py');
  await page.locator('.tab', { hasText: 'Compare: naps.py and naps.py' }).waitFor();
  const figures = inFront('.figures tr');
  await figures.first().waitFor();
  assert.match(await figures.allInnerTexts().then((rows) => rows.join('\n')), /wall/);
  assert.equal(await inFront('.pane').count(), 2);
});
