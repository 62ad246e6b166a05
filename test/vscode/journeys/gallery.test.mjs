// A newcomer opens the gallery, runs an example, goes on to the next, and finds what was changed as it was left.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { openWindow, runCommand, startServer, typeAndChoose, webview } from '../../support/workbench.mjs';

const shots = join(root, 'dist/shots');
let workspace;
let server;
let window;
let page;
let panel;

before(async () => {
  mkdirSync(shots, { recursive: true });
  workspace = mkdtempSync(join(tmpdir(), 'interleave-test-'));
  server = await startServer({ installed: root });
  window = await openWindow(server, { folder: workspace, viewport: { width: 1600, height: 1100 } });
  page = window.page;
  panel = webview(page);
});
after(async () => {
  await window?.close();
  await server?.close();
  rmSync(workspace, { recursive: true, force: true });
});
afterEach((t) => page.screenshot({ path: join(shots, `gallery-${t.name.replace(/\W+/g, '-')}.png`) }));

const lens = (text) => page.locator('.codelens-decoration a', { hasText: text });
const tab = (name) => page.locator('.tab', { hasText: name });

async function chooseExample(title) {
  await runCommand(page, 'Interleave: Open the gallery of examples');
  await page.locator('.quick-input-title', { hasText: 'Gallery of examples' }).waitFor();
  await page.screenshot({ path: join(shots, 'gallery-list.png') });
  await typeAndChoose(page, title);
}

test('a click opens an example with what to look at', async () => {
  await chooseExample('Pipeline');
  await tab('pipeline.py').waitFor();
  await page.locator('.view-line', { hasText: 'Look at:' }).first().waitFor();
  await lens('next: Pool and map').waitFor();
});

test('it runs at once, and shows what it says', async () => {
  await lens(/^ ?Run concurrently$/).click();
  for (const name of ['load', 'scale', 'save']) await panel.locator('.lane-name', { hasText: name }).first().waitFor();
  await page.locator('.statusbar-item', { hasText: 'Recording' }).waitFor({ state: 'detached' });
});

test('the next one is a click away', async () => {
  await lens('next: Pool and map').click();
  await tab('pool_map.py').waitFor();
});

test('what was changed is there again, and can be restored', async () => {
  await page.locator('.view-line', { hasText: 'Pool and map' }).first().click();
  await page.keyboard.press('Home');
  await page.keyboard.type('# Mine.\n');
  await page.keyboard.press('Control+S');
  await tab('pool_map.py').and(page.locator(':not(.dirty)')).waitFor();
  await runCommand(page, 'View: Close Editor');
  await chooseExample('Pool and map');
  await page.locator('.view-line', { hasText: 'Mine.' }).first().waitFor();
  await page.locator('.monaco-dialog-box, .notification-toast').getByText('Restore the example').click();
  await page.locator('.view-line', { hasText: 'Mine.' }).waitFor({ state: 'detached' });
  assert.equal(await page.locator('.view-line', { hasText: 'Mine.' }).count(), 0);
});

test('the walkthrough leads there', async () => {
  await runCommand(page, 'View: Close All Editors');
  await page.keyboard.press('F1');
  await typeAndChoose(page, 'Welcome: Open Walkthrough');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'See a Python program run' }).first().waitFor();
  await typeAndChoose(page, 'See a Python program run');
  const step = page.locator('.getting-started-step', { hasText: 'Learn from examples' });
  await step.click();
  await step.locator('.monaco-button', { hasText: 'Open the gallery of examples' }).click();
  await page.locator('.quick-input-title', { hasText: 'Gallery of examples' }).waitFor();
  await page.keyboard.press('Escape');
});
