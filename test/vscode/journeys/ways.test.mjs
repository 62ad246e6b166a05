// The ways to run something and to keep what was seen: a function, a selection, a text that was never saved, a trace.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { laneName } from '../../support/timeline.mjs';
import { openFile, openWindow, runCommand, startServer, typeAndChoose, webview } from '../../support/workbench.mjs';

const PROGRAM = `import threading


def square(number):
    return number * number


if __name__ == "__main__":
    first = threading.Thread(target=square, args=(2,), name="whole file")
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
  writeFileSync(join(workspace, 'squares.py'), PROGRAM);
  writeFileSync(join(workspace, 'notes.txt'), 'nothing to run');
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

const pick = async (text) => {
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await typeAndChoose(page, text);
};
const runIsOver = () => page.locator('.statusbar-item', { hasText: 'Recording' }).waitFor({ state: 'detached' });
const tab = (title) => page.locator('.tab', { hasText: title });
const closeTimelines = async () => {
  await runIsOver();
  await page.locator('.tab.active', { hasText: 'Timeline' }).first().click();
  await runCommand(page, 'View: Close All Editors');
};

test('a function runs in a mode that is picked, over inputs that are asked for once', async () => {
  await openFile(page, 'squares.py');
  await runCommand(page, 'Interleave: Run function concurrently');
  await pick('square');
  await pick('Threads');
  await page.locator('.quick-input-title', { hasText: 'Inputs for square' }).waitFor();
  await page.keyboard.type('range(3)');
  await page.keyboard.press('Enter');
  await tab('Timeline: squares.py: square').waitFor();
  await laneName(panel, 'square_0').waitFor();
  assert.equal(await laneName(panel, 'whole file').count(), 0, 'the main part is not run');
  await runIsOver();

  await runCommand(page, 'Interleave: Run function concurrently');
  await pick('square');
  await pick('Sequential');
  await panel.locator('body', { hasText: 'square(range(3)) one after the other' }).waitFor();
  await closeTimelines();
});

test('a selection runs alone', async () => {
  await openFile(page, 'squares.py');
  await page.locator('.view-line', { hasText: 'import threading' }).click();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await runCommand(page, 'Interleave: Run selection concurrently');
  await tab('Timeline: squares.py: line 1').waitFor();
  await laneName(panel, 'MainThread').waitFor();
  await runIsOver();
  assert.equal(await laneName(panel, 'whole file').count(), 0);
  await closeTimelines();
});

test('a changed file is saved before it is run', async () => {
  await openFile(page, 'squares.py');
  await page.locator('.view-line', { hasText: 'import threading' }).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# changed\n');
  await runCommand(page, 'Interleave: Run concurrently');
  await laneName(panel, 'whole file').waitFor();
  assert.match(readFileSync(join(workspace, 'squares.py'), 'utf8'), /^# changed\n/);
  await runIsOver();
});

test('a trace is saved, and opens again as a timeline', async () => {
  const path = join(workspace, 'kept.interleave');
  await runCommand(page, 'Interleave: Save trace');
  const input = page.locator('.quick-input-widget input[type=text]');
  await input.waitFor();
  // The dialog proposes a name of its own a moment after it opens, and would write it over ours.
  for (let tries = 0; !(await input.inputValue()).endsWith('squares.interleave'); tries++) {
    assert.ok(tries < 200, 'a name is proposed');
    await page.waitForTimeout(50);
  }
  await input.fill(path);
  // It looks at a path before it takes it, and Enter is lost while it does.
  for (let tries = 0; !existsSync(path); tries++) {
    assert.ok(tries < 40, 'the trace is saved');
    if ((await input.isVisible()) && (await input.inputValue()) === path) await input.press('Enter');
    await page.waitForTimeout(500);
  }
  await closeTimelines();
  await runCommand(page, 'Go to File');
  await pick('kept.interleave');
  await page.locator('.tab.active', { hasText: 'kept.interleave' }).waitFor();
  await laneName(panel, 'whole file').waitFor();
  await runCommand(page, 'View: Close All Editors');
});

test('what is not Python is refused in one sentence', async () => {
  await openFile(page, 'notes.txt');
  await runCommand(page, 'Interleave: Run concurrently');
  await page.locator('.notification-toast', { hasText: 'notes.txt is not a Python file' }).waitFor();
  assert.equal(await tab('Timeline').count(), 0);
});

test('a file runs where it lies in a window without a folder', async () => {
  const alone = await openWindow(server, { file: join(workspace, 'squares.py') });
  await alone.page.locator('.tab.active', { hasText: 'squares.py' }).waitFor();
  // The palette has what is known when it opens, and a new window takes its time to read the extensions.
  await alone.page.locator('.editor-actions .action-label[aria-label*="Run concurrently"]').first().waitFor();
  await runCommand(alone.page, 'Interleave: Run concurrently');
  await laneName(webview(alone.page), 'whole file').waitFor();
  await alone.page.screenshot({ path: join(shots, 'without-a-folder.png') });
  await alone.close();
});

test('a text that was never saved runs as a copy', async () => {
  await runCommand(page, 'File: New Untitled Text File');
  await page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
  await runCommand(page, 'Change Language Mode');
  await pick('Python');
  await page.keyboard.type('import threading\nthreading.Thread(target=print, args=("hi",), name="unsaved").start()\n');
  await runCommand(page, 'Interleave: Run concurrently');
  await page.locator('.notification-toast', { hasText: 'Untitled-1 was never saved' }).waitFor();
  await laneName(panel, 'unsaved').waitFor();
  await runIsOver();
});

test('a Python that cannot be used is named, with where it was chosen', async () => {
  mkdirSync(join(workspace, '.vscode'));
  writeFileSync(join(workspace, '.vscode/settings.json'), '{ "interleave.python": "/no/such/python" }');
  await openFile(page, 'squares.py');
  const toast = page.locator('.notification-toast', { hasText: '/no/such/python (the setting interleave.python)' });
  // VS Code takes its time to see that the file with the settings was changed; until then the program just runs.
  for (let tries = 0; (await toast.count()) === 0; tries++) {
    assert.ok(tries < 20, 'the setting is heeded');
    await runCommand(page, 'Interleave: Run concurrently');
    await toast.waitFor({ timeout: 5000 }).catch(() => undefined);
    await runIsOver();
  }
});
