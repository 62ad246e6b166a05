// How the timeline looks, in pictures for people (dist/shots): light, dark, high contrast, narrow. The test itself sees to
// it that each has the theme's colours and shows all lanes.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { laneName } from '../../support/timeline.mjs';
import { openFile, openWindow, runCommand, startServer, webview } from '../../support/workbench.mjs';

const shots = join(root, 'dist/shots');
const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};
let server;

before(async () => {
  mkdirSync(shots, { recursive: true });
  server = await startServer({ installed: root });
});
after(() => server?.close());

for (const [name, theme] of Object.entries(THEMES)) {
  test(`${name}: the timeline has the editor's background and all lanes`, async () => {
    const { window, panel } = await runTour(theme, { width: 1500, height: 950 });
    const colour = (locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor);
    const drawn = await panel.locator('canvas.chart').evaluate((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(Array.from({ length: data.length / 4 }, (_, i) => data.slice(i * 4, i * 4 + 3).join())).size;
    });
    assert.ok(drawn > 20, `the chart has ${drawn} colours`);
    assert.equal(
      await colour(panel.locator('body')),
      await colour(window.page.locator('.monaco-editor-background').first()),
    );
    await window.page.screenshot({ path: join(shots, `${name}.png`) });
    await window.close();
  });
}

test('narrow: names and chart share what there is, and nothing sticks out', async () => {
  const { window, panel } = await runTour(THEMES.dark, { width: 700, height: 800 });
  const overflow = await panel.locator('body').evaluate((body) => body.scrollWidth - body.clientWidth);
  assert.equal(overflow, 0);
  await window.page.screenshot({ path: join(shots, 'narrow.png') });
  await window.close();
});

async function runTour(theme, viewport) {
  server.configure({ 'workbench.colorTheme': theme });
  const window = await openWindow(server, { folder: join(root, 'examples'), viewport });
  const panel = webview(window.page);
  await openFile(window.page, 'tour.py');
  await runCommand(window.page, 'Interleave: Run concurrently');
  for (const lane of ['Ada', 'Grace', 'Linus']) await laneName(panel, lane).waitFor();
  await window.page
    .locator('.statusbar-item', { hasText: 'Recording' })
    .waitFor({ state: 'detached', timeout: 60_000 });
  await runCommand(window.page, 'View: Close Panel').catch(() => undefined);
  return { window, panel };
}
