// A person runs a program and sees beside each line of it when it ran, asks a line, and goes from line to timeline and back.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { hoverUntil, laneName } from '../../support/timeline.mjs';
import { openFile, openWindow, runCommand, startServer, webview } from '../../support/workbench.mjs';

const shots = join(root, 'dist/shots');
/** A copy: this VS Code saves what is typed. */
const folder = mkdtempSync(join(tmpdir(), 'interleave-gutter-'));
let server;
let window;
let page;
let panel;

before(async () => {
  mkdirSync(shots, { recursive: true });
  copyFileSync(join(root, 'examples/tour.py'), join(folder, 'tour.py'));
  server = await startServer({ installed: root });
  window = await openWindow(server, { folder, viewport: { width: 1600, height: 1000 } });
  page = window.page;
  panel = webview(page);
});
after(async () => {
  await window?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach((t) => page.screenshot({ path: join(shots, `gutter-${t.name.replace(/\W+/g, '-')}.png`) }));

test('lines that ran have strips of time in the margin, those that did not have none', async () => {
  await openFile(page, 'tour.py');
  await runCommand(page, 'Interleave: Run concurrently');
  await laneName(panel, 'MainThread').waitFor();
  await page.locator('.statusbar-item', { hasText: 'Recording' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+J');
  await page.locator('.terminal.xterm').waitFor({ state: 'hidden' });
  await goToLine(35);
  await until(async () => (await picturesAt('with bakery.oven')).length === 1);
  const [picture] = await picturesAt('with bakery.oven');
  assert.equal(picture.split('<pattern').length - 1, 3, 'three threads waited there');
  assert.deepEqual(await picturesAt('Waiting for heat'), []);
});

test('the hover of a line tells who waited longest, and leads to the timeline', async () => {
  const hover = page.locator('.monaco-hover:visible');
  await textOf('with bakery.oven').hover({ position: { x: 80, y: 8 } });
  await hover.getByText(/Longest wait/).waitFor();
  assert.match(await hover.innerText(), /9×[\s\S]*Ada[\s\S]*Longest wait: \w+ waited .* for Bakery\.oven, held by/);
  assert.equal(await hover.locator('img').evaluate((image) => image.complete && image.naturalWidth > 300), true);
  await hover.getByText('Show on the timeline').click();
  await panel.getByText(/tour\.py:35: 9×/).waitFor({ state: 'attached' });
});

test('what is selected in the timeline has its line marked in the editor', async () => {
  await page.keyboard.press('Escape');
  await panel.locator('canvas.chart').focus();
  const wait = await hoverUntil(page, panel, 'Ada', /Bakery\.oven/);
  await page.mouse.click(wait.x, wait.y);
  await page.locator('.view-overlays [class*=TextEditorDecorationType]').first().waitFor();
});

test('strips move with their lines; a line that was changed says so', async () => {
  await goToLine(33);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await until(async () => (await picturesAt('with bakery.oven')).length === 1);
  await goToLine(36);
  await page.keyboard.press('End');
  await page.keyboard.type('#hot');
  await until(async () => /opacity=".35"/.test((await picturesAt('with bakery.oven'))[0] ?? ''));
  assert.doesNotMatch((await picturesAt('time.sleep(seconds)'))[0], /opacity=".35"/);
  const { x, y } = await textOf('with bakery.oven').boundingBox();
  await page.mouse.move(x + 70, y + 8);
  await page.mouse.move(x + 80, y + 8);
  await page
    .locator('.monaco-hover:visible')
    .getByText(/changed since it ran/)
    .waitFor();
  await page.keyboard.press('Control+Z');
  await until(async () => !/opacity=".35"/.test((await picturesAt('with bakery.oven'))[0] ?? 'opacity=".35"'));
});

test('one switch takes the strips away, and gives them back', async () => {
  await page.locator('.editor-actions .codicon-pulse').click();
  await until(async () => (await picturesAt('with bakery.oven')).length === 0);
  await page.locator('.editor-actions .codicon-pulse').click();
  await until(async () => (await picturesAt('with bakery.oven')).length === 1);
});

test('figures stand behind the lines when they are asked for', async () => {
  await runCommand(page, 'Interleave: Show or hide figures behind lines that ran');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.view-line span')].some((span) =>
      /9× · .* · waited/.test(getComputedStyle(span, '::after').content),
    ),
  );
});

function textOf(text) {
  return page.locator('.editor-instance .view-line', { hasText: text }).first();
}

async function goToLine(line) {
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input:focus').waitFor();
  await page.keyboard.type(String(line));
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: new RegExp(`^Ln ${line},`) }).waitFor();
}

/** The pictures in the margin at the height of a line. */
async function picturesAt(text) {
  const line = await textOf(text).boundingBox();
  return page.locator('.glyph-margin-widgets .cgmr').evaluateAll(
    (glyphs, y) =>
      glyphs
        .filter((glyph) => {
          const { top, bottom } = glyph.getBoundingClientRect();
          return top <= y && y < bottom;
        })
        .map((glyph) => /base64,([^"')]+)/.exec(getComputedStyle(glyph).backgroundImage)?.[1])
        .filter(Boolean)
        .map(atob),
    line.y + line.height / 2,
  );
}

async function until(isSo) {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, `${isSo} in time`);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
}
