// A function that sleeps is run with more and more workers, and the speed-up is drawn.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { openFile, openWindow, runCommand, startServer, typeAndChoose, webview } from '../../support/workbench.mjs';

const PROGRAM = `import time


def nap(seconds):
    time.sleep(seconds)


if __name__ == "__main__":
    nap(0.1)
`;

const SETTINGS = { 'interleave.compare.repeat': 1, 'interleave.scaling.max': 4, 'files.simpleDialog.enable': true };

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
  writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify(SETTINGS));
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

test('how many workers a sleeping function can use is measured and drawn', async () => {
  await openFile(page, 'naps.py');
  await runCommand(page, 'Interleave: How many workers');
  await page.locator('.quick-input-title', { hasText: 'How many workers' }).waitFor();
  await typeAndChoose(page, 'nap');
  await page.locator('.quick-input-title', { hasText: 'How many workers? nap' }).waitFor();
  await typeAndChoose(page, 'Threads');
  await page.locator('.quick-input-title', { hasText: 'Inputs for nap' }).waitFor();
  await page.keyboard.type('[0.3] * 4');
  await page.keyboard.press('Enter');
  await page.locator('.tab', { hasText: 'How many workers: nap' }).waitFor();
  await panel.locator('.sentences', { hasText: 'nap in threads' }).waitFor({ timeout: 60_000 });
  assert.equal(await panel.locator('.scaling-chart .point').count(), 3);
  assert.deepEqual(await panel.locator('.figures thead th').allTextContents(), ['Workers', '1', '2', '4']);
  assert.match(await panel.locator('.pane-head').first().innerText(), /1 worker/);
  assert.match(await panel.locator('.pane-head').last().innerText(), /4 workers/);
});

test('its figures are kept as JSON', async () => {
  await panel.getByRole('button', { name: 'Save as JSON' }).click();
  const box = page.locator('.quick-input-widget input');
  await box.waitFor();
  await page.waitForFunction(() =>
    document.querySelector('.quick-input-widget input')?.value.endsWith('nap-scaling.json'),
  );
  await page.keyboard.press('Enter');
  await box.waitFor({ state: 'hidden' });
  const saved = await readSoon(join(workspace, 'nap-scaling.json'));
  assert.equal(saved.schema, 'interleave.scaling/1');
  assert.deepEqual(
    saved.points.map(({ workers }) => workers),
    [1, 2, 4],
  );
});

/** The box is gone before the file is there. */
async function readSoon(path) {
  for (const end = Date.now() + 10_000; ; ) {
    try {
      return JSON.parse(readFileSync(path, 'utf8'));
    } catch (error) {
      if (Date.now() > end) throw error;
      await page.waitForTimeout(100);
    }
  }
}
