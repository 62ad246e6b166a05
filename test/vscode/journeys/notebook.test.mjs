// A cell of a notebook runs after the cells above it, and what is found in it leads back to the cells.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { laneName } from '../../support/timeline.mjs';
import { openWindow, runCommand, startServer, typeAndChoose, webview } from '../../support/workbench.mjs';

const CELLS = [
  ['markdown', '# Adders'],
  ['code', '%matplotlib inline\nimport threading\nimport time\n\ntotal = 0'],
  [
    'code',
    `def add():
    global total
    for _ in range(50):
        before = total
        time.sleep(0.0005)
        total = before + 1


adders = [threading.Thread(target=add, name=f"adder {n}") for n in range(2)]
for adder in adders:
    adder.start()
for adder in adders:
    adder.join()`,
  ],
  ['code', 'raise SystemExit("below the cell, so not run")'],
];

const shots = join(root, 'dist/shots');
let workspace;
let server;
let window;
let page;
let panel;

before(async () => {
  mkdirSync(shots, { recursive: true });
  workspace = mkdtempSync(join(tmpdir(), 'interleave-test-'));
  const cells = CELLS.map(([type, text], place) => ({
    cell_type: type,
    id: `cell-${place}`,
    metadata: {},
    source: text.split(/(?<=\n)/),
    ...(type === 'code' ? { execution_count: null, outputs: [] } : {}),
  }));
  const metadata = { language_info: { name: 'python' } };
  writeFileSync(join(workspace, 'adders.ipynb'), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  server = await startServer({ installed: root });
  window = await openWindow(server, { folder: workspace, viewport: { width: 1500, height: 1000 } });
  page = window.page;
  // The first one is the notebook's own.
  panel = webview(page, 1);
});
after(async () => {
  await window?.close();
  await server?.close();
  rmSync(workspace, { recursive: true, force: true });
});
afterEach((t) => page.screenshot({ path: join(shots, `notebook-${t.name.replace(/\W+/g, '-')}.png`) }));

const cell = (text) =>
  page.locator('.notebookOverlay .code-cell-row, .notebookOverlay .monaco-list-row').filter({ hasText: text });

test('a cell runs with those above it, and what Python does not know is left out and said', async () => {
  await page.keyboard.press('Control+P');
  await typeAndChoose(page, 'adders.ipynb');
  await cell('adders = [').first().locator('.view-line').last().click();
  await runCommand(page, 'Interleave: Run cell concurrently');
  await page.locator('.notification-toast', { hasText: '%matplotlib inline of IPython was left out' }).waitFor();
  await page.locator('.tab', { hasText: 'Timeline: adders.ipynb: cell 3' }).waitFor();
  await laneName(panel, 'adder 1').waitFor();
  await panel.locator('body', { hasText: 'adders.ipynb: cell 3 as written' }).waitFor();
});

test('what is found names the cell and leads there', async () => {
  await page.locator('.tab', { hasText: '(1 error)' }).waitFor();
  await cell('adders = [').locator('.squiggly-error').first().waitFor();
  await panel.locator('button.link', { hasText: 'adders.ipynb cell 3:6' }).first().click();
  // The light bulb stands where the cursor is, and only there is something to mend.
  await cell('adders = [').locator('[class*=lightbulb], [class*=light-bulb]').first().waitFor();
  assert.equal(await page.locator('.tab', { hasText: 'adders-cell-3.py' }).count(), 0);
});
