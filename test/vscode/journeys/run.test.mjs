// A person opens a Python file, runs it, watches and asks the timeline, and stops what does not end.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { hoverUntil, laneName } from '../../support/timeline.mjs';
import { openFile, openWindow, runCommand, startServer, webview } from '../../support/workbench.mjs';

const shots = join(root, 'dist/shots');
const workspace = join(root, 'test/vscode/workspace');
let server;
let window;
let page;
let panel;

before(async () => {
  mkdirSync(shots, { recursive: true });
  server = await startServer({ installed: root });
  window = await openWindow(server, { folder: workspace, viewport: { width: 1600, height: 1200 } });
  page = window.page;
  panel = webview(page);
});
after(async () => {
  await window?.close();
  await server?.close();
});
afterEach((t) => page.screenshot({ path: join(shots, `${t.name.replace(/\W+/g, '-')}.png`) }));

test('lanes appear while the program runs and waits for input', async () => {
  await openFile(page, 'relay.py');
  await runCommand(page, 'Interleave: Run concurrently');
  await laneName(panel, 'hare').waitFor();
  await laneName(panel, 'tortoise').waitFor();
  await page.locator('.statusbar-item', { hasText: 'Recording relay.py' }).waitFor();
  assert.equal(await laneName(panel, 'turtle').count(), 0);
});

test('what is typed reaches the program, and a new lane appears', async () => {
  await runCommand(page, 'Terminal: Focus Terminal');
  await page.locator('.terminal.xterm.focus').waitFor();
  await page.keyboard.type('turtle\n');
  await laneName(panel, 'turtle').waitFor();
});

test('hovering tells who held the lock, a click keeps it, and its line opens', async () => {
  // A click stops the picture, which glides while the program runs.
  const hare = await laneName(panel, 'hare').boundingBox();
  await page.mouse.click(hare.x + hare.width + 60, hare.y + hare.height / 2);
  const wait = await hoverUntil(page, panel, 'hare', /threading\.Lock[\s\S]*held by tortoise/);
  await page.mouse.click(wait.x, wait.y);
  const details = panel.locator('.details');
  const fact = (name) => details.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('+ dd');
  assert.match(await fact('held by').innerText(), /^tortoise/);
  await fact('where').locator('button.link', { hasText: 'relay.py:15' }).click();
  await page.locator('.monaco-editor .view-line', { hasText: 'with relay.baton' }).first().waitFor();
  const position = await page.locator('.statusbar-item', { hasText: /^Ln \d+/ }).innerText();
  assert.match(position, /^Ln 15\b/);
});

test('stop ends the program with its threads', async () => {
  await runCommand(page, 'Interleave: Stop');
  await page.locator('.statusbar-item', { hasText: 'Recording' }).waitFor({ state: 'detached' });
  await panel.locator('.notice', { hasText: 'You stopped the program.' }).waitFor();
});

test('run again starts anew', async () => {
  await runCommand(page, 'Interleave: Run again');
  await page.locator('.statusbar-item', { hasText: 'Recording relay.py' }).waitFor();
  await laneName(panel, 'hare').waitFor();
  await runCommand(page, 'Interleave: Stop');
  await page.locator('.statusbar-item', { hasText: 'Recording' }).waitFor({ state: 'detached' });
});
