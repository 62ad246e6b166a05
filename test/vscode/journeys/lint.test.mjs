// The linter while one types: what is underlined, how it is mended, what a lock says, and what a run says of a finding.
// Pictures for people are in dist/shots.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { openFile, openWindow, runCommand, startServer, webview } from '../../support/workbench.mjs';

const POST = `import threading

desk = threading.Lock()


def send(letter):
    with desk:
        print(letter)


`;

const COUNTER = `import threading


class Counter:
    def __init__(self):
        self.lock = threading.Lock()
        self.count = 0  # guarded by: self.lock

    def up(self):
        with self.lock:
            self.count += int("1")

    def down(self):
        self.count -= int("1")


counter = Counter()
workers = [threading.Thread(target=work) for work in (counter.up, counter.down)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
`;

const shots = join(root, 'dist/shots');
let workspace;
let server;
let window;
let page;

before(async () => {
  mkdirSync(shots, { recursive: true });
  workspace = mkdtempSync(join(tmpdir(), 'interleave-test-'));
  writeFileSync(join(workspace, 'post.py'), POST);
  writeFileSync(join(workspace, 'counter.py'), COUNTER);
  server = await startServer({ installed: root, settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
  window = await openWindow(server, { folder: workspace, viewport: { width: 1300, height: 900 } });
  page = window.page;
});
after(async () => {
  await window?.close();
  await server?.close();
  rmSync(workspace, { recursive: true, force: true });
});

const problems = () => page.locator('.markers-panel .monaco-list-row');
const shot = (name) => page.screenshot({ path: join(shots, `lint-${name}.png`) });

test('a mistake is underlined as it is typed, and mended by the keyboard', async () => {
  await openFile(page, 'post.py');
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('threading.Thread(send');
  await page.locator('.squiggly-error').first().waitFor();
  await runCommand(page, 'Problems: Focus on Problems View');
  await problems().filter({ hasText: 'THR121' }).first().waitFor();
  await shot('problem');
  await problems().filter({ hasText: 'THR121' }).first().dblclick();
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: 'Ignore here' }).waitFor();
  await shot('fixes');
  await page.locator('.action-widget .monaco-list-row', { hasText: 'Give it as target' }).click();
  await page.locator('.view-line', { hasText: 'threading.Thread(target=send' }).waitFor();
  await problems().filter({ hasText: 'THR121' }).first().waitFor({ state: 'detached' });
});

test('a lock tells what it guards, and its lines are links', async () => {
  await openFile(page, 'counter.py');
  await page
    .locator('.view-line', { hasText: 'with self.lock' })
    .locator('span', { hasText: /^lock$|lock/ })
    .last()
    .hover();
  const hover = page.locator('.monaco-hover', { hasText: 'Counter.lock' });
  await hover.waitFor();
  assert.match(await hover.innerText(), /Counter\.lock \(threading\.Lock\) guards count; taken at 1 place: line 10/);
  await shot('hover');
  await hover.getByRole('link', { name: 'line 14' }).first().click();
  await page.locator('.statusbar-item', { hasText: /^Ln 14\b/ }).waitFor();
});

test('a run says that it has seen what the linter fears', async () => {
  await runCommand(page, 'Problems: Focus on Problems View');
  await problems().filter({ hasText: 'THR113' }).first().waitFor();
  await runCommand(page, 'Interleave: Run concurrently');
  await webview(page).locator('.finding-list').getByText('Data race').first().waitFor();
  await runCommand(page, 'Problems: Focus on Problems View');
  await problems()
    .filter({ hasText: /(last run|Observed in)[^.]*: 2 threads, lines/ })
    .first()
    .waitFor();
  await shot('seen');
  await runCommand(page, 'Preferences: Toggle between Light/Dark Themes');
  await page.locator('.monaco-workbench.vs').waitFor();
  await shot('light');
});
